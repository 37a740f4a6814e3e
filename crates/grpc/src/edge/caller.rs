//! Who makes a call.

use domain::{ApiKeyId, Scope, UserId, WorkspaceId};

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
}

impl Caller {
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
