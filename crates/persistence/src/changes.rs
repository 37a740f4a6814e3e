//! The ordered change log.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{EntityType, Operation, UserId, WorkspaceId};
use uuid::Uuid;

use crate::Error;
use crate::schema::changes;

/// Appends what happened to a record; in the transaction that makes it happen.
pub(crate) async fn append(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    actor: UserId,
    (entity_type, entity_id): (EntityType, Uuid),
    operation: Operation,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    diesel::insert_into(changes::table)
        .values((
            changes::workspace_id.eq(workspace_id.uuid()),
            changes::occurred_at.eq(now),
            changes::actor_id.eq(actor.uuid()),
            changes::entity_type.eq(entity_type.as_str()),
            changes::entity_id.eq(entity_id),
            changes::operation.eq(operation.as_str()),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
