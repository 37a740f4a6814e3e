//! What kinds of records share: custom values, links, and how they are written.

pub(crate) mod contact;
pub(crate) mod decision;
pub(crate) mod delete;
pub(crate) mod differences;
pub(crate) mod links;
pub(crate) mod lookups;
pub(crate) mod page;
mod search;
pub(crate) mod shown;
pub(crate) mod sql;
pub(crate) mod values;

use chrono::{DateTime, Utc};
use domain::{UserId, WorkspaceId};
use serde::Serialize;
use uuid::Uuid;

/// Who writes when, and by which definitions it was judged.
#[derive(Debug, Clone, Copy)]
pub struct Writing {
    /// Whose records they are.
    pub workspace_id: WorkspaceId,
    /// Who writes.
    pub actor: UserId,
    /// The time that is kept.
    pub now: DateTime<Utc>,
    /// The definitions that the drafts were judged by.
    pub definitions_version: i64,
    /// Stores nothing if any of the drafts cannot be.
    pub atomic: bool,
}

/// The same on its way to a statement that begins with `input.sql`.
#[derive(Debug, Serialize)]
pub(crate) struct Head {
    actor: Uuid,
    now: DateTime<Utc>,
    definitions_version: i64,
}

impl Writing {
    pub(crate) fn head(&self) -> Head {
        Head {
            actor: self.actor.uuid(),
            now: self.now,
            definitions_version: self.definitions_version,
        }
    }
}

/// What the service, not the caller, knows of a record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stored<Id> {
    pub(crate) id: Id,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: UserId,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i64,
}

impl<Id> Stored<Id> {
    /// Of a record that is made now.
    pub(crate) fn new(id: Id, writing: &Writing) -> Self {
        Self {
            id,
            created_at: writing.now,
            created_by: writing.actor,
            updated_at: writing.now,
            version: 1,
        }
    }

    /// Of the same record after this write.
    pub(crate) fn next(self, writing: &Writing) -> Self {
        Self {
            updated_at: writing.now,
            version: self.version + 1,
            ..self
        }
    }
}

pub use decision::{Decision, Updated};
pub use delete::Deleted;
pub use lookups::{Missing, missing};
pub use page::{Listed, Page, Wanted};
pub use shown::Loaded;
