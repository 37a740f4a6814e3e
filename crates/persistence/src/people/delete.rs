//! Deleting a person with all that belongs to it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{PersonId, UserId, WorkspaceId};

use super::load::lock_row;
use crate::Error;
use crate::records::delete::{self, Deleted, Deletion};
use crate::records::sql::delete_record;

/// Deletes a person; only in this version, if one is given. Links of other records to it go with it, and what the
/// change log and the memory of requests hold of it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: PersonId,
    version: Option<i64>,
    actor: UserId,
    now: DateTime<Utc>,
) -> Result<Deleted, Error> {
    let deletion = Deletion::new(id.uuid(), version, actor, now);
    lock_row(connection, workspace_id, id).await?;
    lock_links(connection, workspace_id, id).await?;
    delete::delete(
        connection,
        delete_record!("people", "person"),
        workspace_id,
        deletion,
    )
    .await
}

/// Locks the links that go with a person, in an order that is the same for everybody who goes: two who link to each
/// other may go at the same moment.
async fn lock_links(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: PersonId,
) -> Result<(), Error> {
    use crate::schema::person_references::dsl;

    dsl::person_references
        .filter(dsl::workspace_id.eq(workspace_id.uuid()))
        .filter(
            dsl::person_id
                .eq(id.uuid())
                .or(dsl::target_person_id.eq(id.uuid()).assume_not_null()),
        )
        .order((dsl::person_id, dsl::field_id, dsl::position))
        .select(dsl::field_id)
        .for_update()
        .execute(&mut connection)
        .await?;
    Ok(())
}
