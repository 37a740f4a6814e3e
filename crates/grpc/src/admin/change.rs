//! Changes of what a workspace defines, one after the other.

use domain::Definitions;
use persistence::{RawConnection, definitions};

use super::Administrator;
use crate::edge::INVALID_KEY;
use crate::status::Failure;

/// How often a change is begun: a write of records may be in its way, and then deadlocks are broken.
const ATTEMPTS: usize = 5;

/// A change that was asked for.
pub(super) trait Change: Sync {
    /// What its caller gets to see of it.
    type Done: Send;

    /// Decides whether it can be made, by the definitions as they are while nobody else changes them, and makes it. What
    /// it has done when it fails is undone.
    fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> impl Future<Output = Result<Self::Done, Failure>> + Send;
}

/// Why a change was undone.
enum Undone<Done> {
    /// It was only to be validated, and is good.
    Validated(Done),
    Failed(Failure),
}

impl<Done, E: Into<Failure>> From<E> for Undone<Done> {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Administrator {
    /// Makes a change, all of it or nothing. If it is only to be validated, it is undone in the end.
    pub(super) async fn make<C: Change>(&self, change: &C, validate_only: bool) -> Result<C::Done, Failure> {
        let mut left = ATTEMPTS;
        loop {
            left -= 1;
            match self.attempt(change, validate_only).await {
                Err(Failure::Conflict) if left > 0 => {}
                result => return result,
            }
        }
    }

    async fn attempt<C: Change>(&self, change: &C, validate_only: bool) -> Result<C::Done, Failure> {
        let made = self
            .database
            .within(self.reach(), async |connection| {
                let definitions = definitions::lock(connection, self.workspace_id).await?;
                let definitions = definitions.ok_or(Failure::Unauthenticated(INVALID_KEY))?;
                let done = change.make(self, connection, &definitions).await?;
                if validate_only {
                    Err(Undone::Validated(done))
                } else {
                    Ok((done, definitions.version()))
                }
            })
            .await;
        match made {
            Ok((done, version)) => {
                self.notice(version).await;
                Ok(done)
            }
            Err(Undone::Validated(done)) => Ok(done),
            Err(Undone::Failed(failure)) => Err(failure),
        }
    }

    /// Sees to it that the next call here knows of a change of the definitions of this version. A check that began
    /// before the change was kept may answer the old ones, but only once.
    async fn notice(&self, stale: i64) {
        for _ in 0..2 {
            match self.definitions.refresh(self.workspace_id, stale).await {
                Ok(known) if known.version() <= stale => {}
                // What cannot be read now will be at the next call, which then fails for that reason.
                Ok(_) | Err(_) => return,
            }
        }
    }
}
