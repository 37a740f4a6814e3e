//! Who makes a call.

use domain::{ApiKeyId, Definitions, Scope, UserId, WorkspaceId};
use persistence::{Reach, Writing};

use super::Deadline;
use crate::clock;
use crate::status::Failure;

/// The user behind a valid key, and what the key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caller {
    /// All that the call can see.
    pub(crate) workspace_id: WorkspaceId,
    /// As whom it acts.
    pub(crate) user_id: UserId,
    /// What it may do.
    pub(crate) scope: Scope,
    /// By which key.
    pub(crate) key_id: ApiKeyId,
    /// For how long it waits.
    pub(crate) deadline: Deadline,
}

impl Caller {
    /// What the call may reach in the database.
    pub(crate) fn reach(&self) -> Reach {
        Reach {
            workspace_id: self.workspace_id,
            until: Some(self.deadline.0),
        }
    }

    /// A write of this caller's that was judged by these definitions; alone or each by itself.
    pub(crate) fn writing(&self, definitions: &Definitions) -> Writing {
        Writing {
            workspace_id: self.workspace_id,
            actor: self.user_id,
            now: clock::now(),
            definitions_version: definitions.version(),
            atomic: false,
        }
    }

    /// Goes on only if the key may do what needs this scope.
    ///
    /// # Errors
    /// It may not.
    pub(crate) fn require(&self, needed: Scope) -> Result<(), Failure> {
        if self.scope.allows(needed) {
            Ok(())
        } else {
            Err(Failure::ScopeMissing(needed))
        }
    }
}
