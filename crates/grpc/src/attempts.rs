//! Trying again when other writes get in between.

use std::sync::Arc;

use domain::{Definitions, Violations, WorkspaceId};

use crate::Core;
use crate::status::Failure;

/// Each attempt sees what the one before missed, so the second nearly always is the last.
const ATTEMPTS: usize = 5;

/// What came of one attempt.
pub(crate) enum Attempt<T> {
    Done(T),
    Again(Again),
}

/// Why to try again.
pub(crate) enum Again {
    /// The definitions have changed meanwhile.
    Stale,
    /// Something that the request refers to changed at this moment.
    LostRace,
    /// The request breaks rules; by these definitions, at least.
    Invalid(Violations),
}

impl<T> Attempt<T> {
    /// The same with another result.
    pub(crate) fn map<U>(self, map: impl FnOnce(T) -> U) -> Attempt<U> {
        match self {
            Self::Done(done) => Attempt::Done(map(done)),
            Self::Again(why) => Attempt::Again(why),
        }
    }
}

/// Attempts something by the definitions of a workspace until it is done, or cannot be.
///
/// # Errors
/// Those of an attempt; that the request breaks rules by the newest definitions; that there were enough attempts.
pub(crate) async fn until_done<T, F>(
    core: &Core,
    workspace: WorkspaceId,
    mut attempt: impl FnMut(Arc<Definitions>) -> F,
) -> Result<T, Failure>
where
    F: Future<Output = Result<Attempt<T>, Failure>>,
{
    let mut definitions = core.definitions.get(workspace).await?;
    for _ in 0..ATTEMPTS {
        let judged_by = definitions.version();
        match attempt(Arc::clone(&definitions)).await? {
            Attempt::Done(done) => return Ok(done),
            Attempt::Again(Again::LostRace) => {}
            Attempt::Again(Again::Stale) => {
                definitions = core.definitions.refresh(workspace, judged_by).await?;
            }
            Attempt::Again(Again::Invalid(violations)) => {
                // It may only look wrong, by definitions that have changed since.
                definitions = core.definitions.refresh(workspace, judged_by).await?;
                if definitions.version() == judged_by {
                    return Err(Failure::Invalid(violations));
                }
            }
        }
    }
    Err(Failure::Conflict)
}
