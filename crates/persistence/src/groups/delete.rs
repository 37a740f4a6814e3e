//! Deleting groups.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{EntityType, GroupId, Operation, UserId, WorkspaceId};

use crate::schema::{changes, custom_fields, groups, objects, remembered_requests};
use crate::{Error, definitions};

/// Deletes a group with its fields and their values, its kinds of objects with the objects, and all memberships in
/// it; answers whether there was such a group. The objects get their entries in the change log.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: GroupId,
    actor: UserId,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    definitions::bump(connection, workspace_id).await?;
    lock(connection, workspace_id, id).await?;
    log_objects(connection, workspace_id, id, actor, now).await?;
    // Before the kinds of objects that they point to, which the group takes with it.
    diesel::delete(
        custom_fields::table
            .filter(custom_fields::workspace_id.eq(workspace_id.uuid()))
            .filter(custom_fields::group_id.eq(id.uuid())),
    )
    .execute(&mut connection)
    .await?;
    let deleted = diesel::delete(groups::table.find((workspace_id.uuid(), id.uuid())))
        .execute(&mut connection)
        .await?;
    Ok(deleted > 0)
}

/// Locks the group, which keeps new objects out, and then the objects: only statements that begin afterwards see, and
/// erase, all that was written of them.
async fn lock(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: GroupId,
) -> Result<(), Error> {
    groups::table
        .find((workspace_id.uuid(), id.uuid()))
        .select(groups::id)
        .for_update()
        .execute(&mut connection)
        .await?;
    objects::table
        .filter(objects::workspace_id.eq(workspace_id.uuid()))
        .filter(objects::group_id.eq(id.uuid()))
        .order(objects::id)
        .select(objects::id)
        .for_update()
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Says that the objects of the group are gone, and erases what earlier entries tell of them.
async fn log_objects(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: GroupId,
    actor: UserId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let of_group = objects::table
        .filter(objects::workspace_id.eq(workspace_id.uuid()))
        .filter(objects::group_id.eq(id.uuid()));
    diesel::update(
        changes::table
            .filter(changes::workspace_id.eq(workspace_id.uuid()))
            .filter(changes::entity_type.eq(EntityType::Object.as_str()))
            .filter(changes::entity_id.eq_any(of_group.select(objects::id)))
            .filter(changes::payload.is_not_null()),
    )
    .set(changes::payload.eq(None::<serde_json::Value>))
    .execute(&mut connection)
    .await?;
    let ids: Vec<uuid::Uuid> = of_group.select(objects::id).load(&mut connection).await?;
    diesel::update(
        remembered_requests::table
            .filter(remembered_requests::workspace_id.eq(workspace_id.uuid()))
            .filter(remembered_requests::record_ids.overlaps_with(ids)),
    )
    .set(remembered_requests::answer.eq(None::<Vec<u8>>))
    .execute(&mut connection)
    .await?;
    diesel::insert_into(changes::table)
        .values(of_group.select((
            objects::workspace_id,
            now.into_sql::<Timestamptz>(),
            actor.uuid().into_sql::<Uuid>(),
            EntityType::Object.as_str().into_sql::<Text>(),
            objects::id,
            Operation::Delete.as_str().into_sql::<Text>(),
        )))
        .into_columns((
            changes::workspace_id,
            changes::occurred_at,
            changes::actor_id,
            changes::entity_type,
            changes::entity_id,
            changes::operation,
        ))
        .execute(&mut connection)
        .await?;
    Ok(())
}
