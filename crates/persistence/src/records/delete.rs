//! Deleting a record with all that belongs to it.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use domain::{UserId, WorkspaceId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;
use crate::statement::{Document, Statement};

/// What came of deleting a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Gone,
    /// There was none.
    NotFound,
    /// It has another version than the one that was to be deleted, and is still there.
    Changed {
        /// The present version.
        version: i64,
    },
}

/// Which record to delete, and who does.
#[derive(Debug, Serialize)]
pub(crate) struct Deletion {
    pub(crate) id: Uuid,
    /// Only in this version, if one is given.
    pub(crate) version: Option<i64>,
    pub(crate) actor: Uuid,
    pub(crate) now: DateTime<Utc>,
}

impl Deletion {
    pub(crate) fn new(id: Uuid, version: Option<i64>, actor: UserId, now: DateTime<Utc>) -> Self {
        Self {
            id,
            version,
            actor: actor.uuid(),
            now,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Output {
    found: Option<i64>,
    gone: bool,
}

/// Deletes a record by a statement of [`super::sql::delete_record`]. The record must have been locked by an earlier
/// statement of the transaction: only one that begins after the lock was had sees, and erases, what others wrote before.
pub(crate) async fn delete(
    connection: &AsyncPgConnection,
    sql: &'static str,
    workspace_id: WorkspaceId,
    deletion: Deletion,
) -> Result<Deleted, Error> {
    let statement = Statement {
        sql,
        workspace_id: workspace_id.uuid(),
        input: &Document(deletion),
    };
    let Output { found, gone }: Output = statement.answer(connection).await?;
    Ok(match (found, gone) {
        (_, true) => Deleted::Gone,
        (None, false) => Deleted::NotFound,
        (Some(version), false) => Deleted::Changed { version },
    })
}
