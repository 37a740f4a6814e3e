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

/// The attempts of one call.
pub(crate) struct Attempts<'a> {
    core: &'a Core,
    workspace: WorkspaceId,
    definitions: Arc<Definitions>,
    left: usize,
}

impl<'a> Attempts<'a> {
    pub(crate) async fn begin(core: &'a Core, workspace: WorkspaceId) -> Result<Self, Failure> {
        Ok(Self {
            core,
            workspace,
            definitions: core.definitions.get(workspace).await?,
            left: ATTEMPTS,
        })
    }

    /// The definitions of the present attempt.
    pub(crate) fn definitions(&self) -> &Arc<Definitions> {
        &self.definitions
    }

    /// Prepares another attempt.
    ///
    /// # Errors
    /// Another one would not help, or there were enough.
    pub(crate) async fn next(&mut self, why: Again) -> Result<(), Failure> {
        self.left -= 1;
        match why {
            Again::LostRace => {}
            Again::Stale => self.refresh().await?,
            Again::Invalid(violations) => {
                // It may only look wrong, by definitions that have changed since.
                let judged_by = self.definitions.version();
                self.refresh().await?;
                if self.definitions.version() == judged_by {
                    return Err(Failure::Invalid(violations));
                }
            }
        }
        if self.left == 0 {
            Err(Failure::Conflict)
        } else {
            Ok(())
        }
    }

    async fn refresh(&mut self) -> Result<(), Failure> {
        let version = self.definitions.version();
        self.definitions = self.core.definitions.refresh(self.workspace, version).await?;
        Ok(())
    }
}
