//! Deleting a person with all that belongs to it, in one transaction.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl};
use domain::{PersonId, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::load::lock_row;
use crate::Error;
use crate::statement::{Document, Statement};

/// What came of deleting a person.
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

#[derive(Debug, Serialize)]
struct Input {
    id: Uuid,
    version: Option<i64>,
    actor: Uuid,
    now: DateTime<Utc>,
}

#[derive(Debug, Deserialize)]
struct Output {
    found: Option<i64>,
    gone: bool,
}

/// Deletes a person; only in this version, if one is given. Links of other records to it go with it, and what the
/// change log and the memory of requests hold of it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: PersonId,
    version: Option<i64>,
    actor: UserId,
    now: DateTime<Utc>,
) -> Result<Deleted, Error> {
    let input = Input {
        id: id.uuid(),
        version,
        actor: actor.uuid(),
        now,
    };
    let input = Document(input);
    let Document(Output { found, gone }): Document<Output> = connection
        .transaction::<_, Error, _>(async |connection| {
            // Only a statement that begins after the lock was had sees, and erases, what others wrote before.
            lock_row(connection, workspace_id, id).await?;
            lock_links(connection, workspace_id, id).await?;
            let statement = Statement {
                sql: include_str!("delete.sql"),
                workspace_id: workspace_id.uuid(),
                input: &input,
            };
            Ok(statement.get_result(connection).await?)
        })
        .await?;
    Ok(match (found, gone) {
        (_, true) => Deleted::Gone,
        (None, false) => Deleted::NotFound,
        (Some(version), false) => Deleted::Changed { version },
    })
}

/// Locks the links that go with a person, in an order that is the same for everybody who goes: two who link to each
/// other may go at the same moment.
async fn lock_links(
    connection: &mut AsyncPgConnection,
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
        .execute(connection)
        .await?;
    Ok(())
}
