//! Reading pages of all people: those of a workspace that are asked for at the same time, in one transaction.

use domain::WorkspaceId;
use futures_util::future::join_all;
use persistence::people::{self, StoredPage};
use persistence::{Database, Error, Page, Reach};

use crate::gathering::Together;
use crate::status::StoreFailure;

/// See [`Together`].
pub(crate) struct Lists {
    database: Database,
    /// As many as can be read at once.
    lanes: usize,
}

impl Together for Lists {
    type Key = WorkspaceId;
    type Job = Page;
    type Answer = Result<StoredPage, StoreFailure>;
    const NAME: &'static str = "list";
    const ONLY_READS: bool = true;
    /// Each is a statement of its own, so that more would save little, and the first would wait for all of them.
    const MOST: usize = 4;

    fn lanes(&self) -> usize {
        self.lanes
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
        Err(error) => {
            let failure = StoreFailure::from(error);
            (0..count).map(|_| Err(failure)).collect()
        }
    }
}

impl Lists {
    pub(crate) fn new(database: Database) -> Self {
        Self {
            lanes: database.most_connections(),
            database,
        }
    }

    async fn fetch(&self, workspace: WorkspaceId, pages: &[Page]) -> Result<Vec<StoredPage>, Error> {
        people::fetch_pages(&self.database, Reach::of(workspace), pages).await
    }
}
