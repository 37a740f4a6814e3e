//! Reading people by their ids: those of a workspace that are asked for at the same time, in one statement.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Definitions, PersonId, PersonView, WorkspaceId};
use futures_util::future::join_all;
use persistence::{Database, Error, Loaded, Reach, people};

use crate::gathering::Together;
use crate::status::StoreFailure;

/// See [`Together`].
pub(crate) struct Gets {
    pub(crate) database: Database,
}

/// A person to read by these definitions.
pub(crate) struct Get {
    pub(super) id: PersonId,
    pub(super) definitions: Arc<Definitions>,
}

/// What came of it.
#[derive(Clone)]
pub(crate) enum Got {
    /// The definitions have changed.
    Stale,
    /// There is no such person.
    Absent,
    /// The person, as it reads by the definitions.
    Person(Arc<PersonView>, Arc<Definitions>),
}

impl Together for Gets {
    type Key = WorkspaceId;
    type Job = Get;
    type Answer = Result<Got, StoreFailure>;
    const NAME: &'static str = "get";
    const ONLY_READS: bool = true;

    async fn run(&self, workspace: WorkspaceId, jobs: Vec<Get>) -> Vec<Self::Answer> {
        let mut ids: Vec<_> = jobs.iter().map(|get| get.id).collect();
        ids.sort_unstable();
        ids.dedup();
        // A batch reads by the newest definitions that any of its callers knows.
        let definitions = jobs.iter().map(|get| &get.definitions);
        let Some(definitions) = definitions.max_by_key(|definitions| definitions.version()) else {
            return Vec::new();
        };
        let found = match self.load(workspace, &ids, definitions).await {
            Ok(found) => ids.iter().copied().zip(found.into_iter().map(Ok)).collect(),
            // One that cannot be read is no reason not to read the others.
            Err(Error::Inconsistent { .. }) if ids.len() > 1 => self.each(workspace, &ids, definitions).await,
            Err(error) => {
                let failure = StoreFailure::from(error);
                return jobs.iter().map(|_| Err(failure)).collect();
            }
        };
        let answer = |get: &Get| found.get(&get.id).cloned().unwrap_or(Ok(Got::Absent));
        jobs.iter().map(answer).collect()
    }
}

type Found = BTreeMap<PersonId, Result<Got, StoreFailure>>;

impl Gets {
    /// Each of the people alone.
    async fn each(&self, workspace: WorkspaceId, ids: &[PersonId], definitions: &Arc<Definitions>) -> Found {
        let each = ids.iter().map(|id| async move {
            let found = self.load(workspace, &[*id], definitions).await;
            let got = found.map(|mut found| found.pop().unwrap_or(Got::Absent));
            (*id, got.map_err(StoreFailure::from))
        });
        join_all(each).await.into_iter().collect()
    }

    /// What came of each, in the order of the ids.
    async fn load(
        &self,
        workspace: WorkspaceId,
        ids: &[PersonId],
        definitions: &Arc<Definitions>,
    ) -> Result<Vec<Got>, Error> {
        let loaded = people::load_alone(&self.database, Reach::of(workspace), ids, definitions).await?;
        Ok(match loaded {
            Loaded::Stale => vec![Got::Stale; ids.len()],
            Loaded::Found(views) => {
                let mut views: BTreeMap<_, _> =
                    views.into_iter().map(|view| (view.person.id, view)).collect();
                let got = |id: &PersonId| match views.remove(id) {
                    Some(view) => Got::Person(Arc::new(view), Arc::clone(definitions)),
                    None => Got::Absent,
                };
                ids.iter().map(got).collect()
            }
        })
    }
}
