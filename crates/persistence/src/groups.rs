//! Groups and the kinds of objects they keep.

mod delete;

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{GroupId, ObjectTypeId, WorkspaceId};

pub use delete::delete;

use crate::schema::{groups, object_types};
use crate::{Error, definitions};

/// Makes a group, after those that are there.
///
/// # Errors
/// [`Error::Conflict`] if the id is taken.
pub async fn insert(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: GroupId,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    definitions::bump(connection, workspace_id).await?;
    let last: Option<i32> = groups::table
        .filter(groups::workspace_id.eq(workspace_id.uuid()))
        .select(max(groups::position))
        .first(&mut connection)
        .await?;
    diesel::insert_into(groups::table)
        .values((
            groups::workspace_id.eq(workspace_id.uuid()),
            groups::id.eq(id.uuid()),
            groups::name.eq(name),
            groups::position.eq(last.map_or(0, |last| last.saturating_add(1))),
            groups::created_at.eq(now),
        ))
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Gives a group another name; answers whether there is such a group.
///
/// # Errors
/// When the database does not answer.
pub async fn rename(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: GroupId,
    name: &str,
) -> Result<bool, Error> {
    definitions::bump(connection, workspace_id).await?;
    let renamed = diesel::update(groups::table.find((workspace_id.uuid(), id.uuid())))
        .set(groups::name.eq(name))
        .execute(&mut connection)
        .await?;
    Ok(renamed > 0)
}

/// Makes a kind of objects that a group keeps.
///
/// # Errors
/// [`Error::Conflict`] with `object_types_name_unique` if the group has one of this name.
pub async fn insert_object_type(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    group_id: GroupId,
    id: ObjectTypeId,
    name: &str,
) -> Result<(), Error> {
    definitions::bump(connection, workspace_id).await?;
    diesel::insert_into(object_types::table)
        .values((
            object_types::workspace_id.eq(workspace_id.uuid()),
            object_types::id.eq(id.uuid()),
            object_types::group_id.eq(group_id.uuid()),
            object_types::name.eq(name),
        ))
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Gives a kind of objects another name.
///
/// # Errors
/// [`Error::Conflict`] with `object_types_name_unique` if the group has another one of this name.
pub async fn rename_object_type(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: ObjectTypeId,
    name: &str,
) -> Result<(), Error> {
    definitions::bump(connection, workspace_id).await?;
    diesel::update(object_types::table.find((workspace_id.uuid(), id.uuid())))
        .set(object_types::name.eq(name))
        .execute(&mut connection)
        .await?;
    Ok(())
}
