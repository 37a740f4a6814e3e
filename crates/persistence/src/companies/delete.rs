//! Deleting a company with all that belongs to it.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use domain::{CompanyId, UserId, WorkspaceId};

use super::load::lock_row;
use crate::Error;
use crate::records::delete::{self, Deleted, Deletion};
use crate::records::sql::delete_record;

/// Deletes a company; only in this version, if one is given. People and deals lose it, links of other records to it go
/// with it, and what the change log and the memory of requests hold of it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: CompanyId,
    version: Option<i64>,
    actor: UserId,
    now: DateTime<Utc>,
) -> Result<Deleted, Error> {
    let deletion = Deletion::new(id.uuid(), version, actor, now);
    lock_row(connection, workspace_id, id).await?;
    delete::delete(
        connection,
        delete_record!("companies", "company"),
        workspace_id,
        deletion,
    )
    .await
}
