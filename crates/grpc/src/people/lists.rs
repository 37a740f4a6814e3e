//! Reading pages of all people: those of a workspace that are asked for at the same time, in one transaction.

use domain::WorkspaceId;
use futures_util::future::join_all;
use persistence::people::{self, StoredPage};
use persistence::{Database, Error, Page, Reach};

use crate::gathering::Together;
use crate::status::StoreFailure;

/// See [`Together`].
pub(crate) struct Lists {
    pub(crate) database: Database,
}

impl Together for Lists {
    type Key = WorkspaceId;
    type Job = Page;
    type Answer = Result<StoredPage, StoreFailure>;
    const NAME: &'static str = "list";
    /// Each is a statement of its own, so that more would save little, and the first would wait for all of them.
    const MOST: usize = 4;

    /// As many as can be read at once.
    fn lanes(&self) -> usize {
        self.database.most_connections()
    }

    async fn run(&self, workspace: WorkspaceId, pages: Vec<Page>) -> Vec<Self::Answer> {
        let fetched = self.fetch(workspace, &pages).await;
        match &fetched {
            Err(error) if pages.len() > 1 && error.may_concern_one() => {
                let each = pages.chunks(1).map(|page| self.fetch(workspace, page));
                let each = join_all(each).await.into_iter();
                each.flat_map(|fetched| answers(fetched, 1)).collect()
            }
            Ok(_) | Err(_) => answers(fetched, pages.len()),
        }
    }
}

/// What came of each of so many.
fn answers(fetched: Result<Vec<StoredPage>, Error>, count: usize) -> Vec<<Lists as Together>::Answer> {
    match fetched {
        Ok(pages) => pages.into_iter().map(Ok).collect(),
        Err(error) => vec![StoreFailure::from(error); count]
            .into_iter()
            .map(Err)
            .collect(),
    }
}

impl Lists {
    async fn fetch(&self, workspace: WorkspaceId, pages: &[Page]) -> Result<Vec<StoredPage>, Error> {
        people::fetch_pages(&self.database, Reach::of(workspace), pages).await
    }
}
