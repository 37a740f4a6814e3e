//! The ordered change log. A position is the id of the transaction that wrote and a number within the log. Readers stop
//! before the oldest transaction that still runs, so that none that commits late is missed; no writer waits for another.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
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
    mut connection: &AsyncPgConnection,
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
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// A place in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The transaction that wrote there.
    pub transaction_id: i64,
    /// Which of all entries it is.
    pub sequence: i64,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where it stands.
    pub position: Position,
    /// When the write was made.
    pub occurred_at: DateTime<Utc>,
    /// Who made it.
    pub actor: UserId,
    /// What the record is.
    pub entity_type: EntityType,
    /// Its UUID.
    pub entity_id: Uuid,
    /// What was done to it.
    pub operation: Operation,
    /// Of an update, each field that changed with its value before and after, while the record exists.
    pub payload: Option<Value>,
}

type Row = (i64, i64, DateTime<Utc>, Uuid, String, Uuid, String, Option<Value>);

/// The entries after a position, in order, as far as none before them can still appear.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn list(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    after: Option<Position>,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let after = after.unwrap_or(Position {
        transaction_id: 0,
        sequence: 0,
    });
    let later = sql::<Bool>("(transaction_id, sequence) > (")
        .bind::<BigInt, _>(after.transaction_id)
        .sql(", ")
        .bind::<BigInt, _>(after.sequence)
        .sql(")");
    let settled = sql::<Bool>("transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
    let rows: Vec<Row> = changes::table
        .filter(changes::workspace_id.eq(workspace_id.uuid()))
        .filter(later)
        .filter(settled)
        .order((changes::transaction_id, changes::sequence))
        .limit(limit)
        .select((
            changes::transaction_id,
            changes::sequence,
            changes::occurred_at,
            changes::actor_id,
            changes::entity_type,
            changes::entity_id,
            changes::operation,
            changes::payload,
        ))
        .load(&mut connection)
        .await?;
    rows.into_iter().map(entry).collect()
}

fn entry(row: Row) -> Result<Entry, Error> {
    let (transaction_id, sequence, occurred_at, actor, entity_type, entity_id, operation, payload) = row;
    let inconsistent = |column| Error::Inconsistent {
        table: "changes",
        column,
        row: entity_id,
    };
    Ok(Entry {
        position: Position {
            transaction_id,
            sequence,
        },
        occurred_at,
        actor: actor.into(),
        entity_type: EntityType::parse(&entity_type).ok_or_else(|| inconsistent("entity_type"))?,
        entity_id,
        operation: Operation::parse(&operation).ok_or_else(|| inconsistent("operation"))?,
        payload,
    })
}
