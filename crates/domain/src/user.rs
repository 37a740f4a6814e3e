//! Users of a workspace.

use crate::{NameKey, UserId};

/// Somebody who works in the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// The name to show.
    pub full_name: String,
    /// The address, as it was given.
    pub email: String,
}

/// An email address as it is compared: ignoring case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailKey(NameKey);

impl EmailKey {
    /// The key of an address.
    #[must_use]
    pub fn new(email: &str) -> Self {
        Self(NameKey::new(email))
    }

    /// The key's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}
