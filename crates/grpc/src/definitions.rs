//! The definitions of each workspace, kept between calls.

use std::sync::Arc;
use std::time::Duration;

use domain::{Definitions, WorkspaceId};
use moka::future::Cache as Moka;
use persistence::{Database, RawConnection, Reach, definitions};

use crate::cache_figures;
use crate::edge::INVALID_KEY;
use crate::status::{Failure, StoreFailure};

/// How many workspaces are kept.
const WORKSPACES: u64 = 10_000;
/// A definition is at most a second stale; the rest is for the check itself.
const CHECKED_FOR: Duration = Duration::from_millis(900);

/// Why there are no definitions.
#[derive(Debug, Clone, Copy)]
enum Absence {
    /// The workspace is gone.
    Gone,
    Store(StoreFailure),
}

impl From<persistence::Error> for Absence {
    fn from(error: persistence::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<Absence> for Failure {
    fn from(absence: Absence) -> Self {
        match absence {
            Absence::Gone => Self::Unauthenticated(INVALID_KEY),
            Absence::Store(failure) => failure.into(),
        }
    }
}

/// The definitions of the workspaces that were lately used. Clones share them.
#[derive(Clone)]
pub(crate) struct Cache {
    database: Database,
    /// The last known ones, to be checked before use.
    latest: Moka<WorkspaceId, Arc<Definitions>>,
    /// The same while their last check still holds.
    checked: Moka<WorkspaceId, Arc<Definitions>>,
}

impl Cache {
    /// An empty cache before this database.
    pub(crate) fn new(database: Database) -> Self {
        Self {
            database,
            latest: Moka::new(WORKSPACES),
            checked: Moka::builder()
                .max_capacity(WORKSPACES)
                .time_to_live(CHECKED_FOR)
                .build(),
        }
    }

    /// The definitions as they were at most a second ago. Concurrent callers share one check, and its failure.
    pub(crate) async fn get(&self, workspace: WorkspaceId) -> Result<Arc<Definitions>, Failure> {
        cache_figures::Cache::Definitions.asked();
        if let Some(known) = self.checked.get(&workspace).await {
            return Ok(known);
        }
        // Boxed: every call has room for what it awaits, and hardly any comes here.
        Box::pin(self.checked.try_get_with(workspace, self.check(workspace)))
            .await
            .map_err(|absence| Failure::from(*absence))
    }

    /// Definitions newer than those of version `stale`, if there are any. What another caller has loaded since
    /// will do.
    pub(crate) async fn refresh(
        &self,
        workspace: WorkspaceId,
        stale: i64,
    ) -> Result<Arc<Definitions>, Failure> {
        match self.checked.get(&workspace).await {
            Some(known) if known.version() > stale => Ok(known),
            Some(_) | None => {
                self.checked.invalidate(&workspace).await;
                self.get(workspace).await
            }
        }
    }

    async fn check(&self, workspace: WorkspaceId) -> Result<Arc<Definitions>, Absence> {
        cache_figures::Cache::Definitions.missed();
        let known = self.latest.get(&workspace).await;
        self.database
            .within(Reach::of(workspace), async |connection| {
                if let Some(known) = known {
                    match definitions::version(connection, workspace).await? {
                        Some(version) if version == known.version() => return Ok(known),
                        Some(_) => {}
                        None => return Err(self.gone(workspace).await),
                    }
                }
                self.load(connection, workspace).await
            })
            .await
    }

    async fn load(
        &self,
        connection: &RawConnection,
        workspace: WorkspaceId,
    ) -> Result<Arc<Definitions>, Absence> {
        let Some(loaded) = definitions::load(connection, workspace).await? else {
            return Err(self.gone(workspace).await);
        };
        let loaded = Arc::new(loaded);
        self.latest.insert(workspace, Arc::clone(&loaded)).await;
        Ok(loaded)
    }

    async fn gone(&self, workspace: WorkspaceId) -> Absence {
        self.latest.invalidate(&workspace).await;
        Absence::Gone
    }
}
