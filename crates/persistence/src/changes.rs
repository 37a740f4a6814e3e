//! The ordered change log.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{EntityType, Operation, UserId, WorkspaceId};
use serde_json::Value;
use uuid::Uuid;

use crate::Error;
use crate::schema::changes;

/// What happened to a record.
#[derive(Debug)]
pub(crate) struct Change {
    /// The record.
    pub(crate) entity: (EntityType, Uuid),
    /// What was done to it.
    pub(crate) operation: Operation,
    /// Of an update, each field that changed with its value before and after.
    pub(crate) payload: Option<Value>,
}

/// Appends what happened to a record; in the transaction that makes it happen.
pub(crate) async fn append(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    actor: UserId,
    change: Change,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let Change {
        entity: (entity_type, entity_id),
        operation,
        payload,
    } = change;
    diesel::insert_into(changes::table)
        .values((
            changes::workspace_id.eq(workspace_id.uuid()),
            changes::occurred_at.eq(now),
            changes::actor_id.eq(actor.uuid()),
            changes::entity_type.eq(entity_type.as_str()),
            changes::entity_id.eq(entity_id),
            changes::operation.eq(operation.as_str()),
            changes::payload.eq(payload),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
