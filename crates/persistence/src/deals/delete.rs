//! Deleting a deal with all that belongs to it.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use domain::{ObjectId, UserId, WorkspaceId};

use super::DealHome;
use super::load::lock_row;
use crate::Error;
use crate::records::delete::{self, Deleted, Deletion};
use crate::records::sql::delete_record;

/// Deletes a deal of this place; only in this version, if one is given. Links of other records to it go with it, and
/// what the change log and the memory of requests hold of it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    home: DealHome,
    id: ObjectId,
    version: Option<i64>,
    actor: UserId,
    now: DateTime<Utc>,
) -> Result<Deleted, Error> {
    let deletion = Deletion::new(id.uuid(), version, actor, now);
    if !lock_row(connection, workspace_id, home, id).await? {
        return Ok(Deleted::NotFound);
    }
    delete::delete(
        connection,
        delete_record!("objects", "object"),
        workspace_id,
        deletion,
    )
    .await
}
