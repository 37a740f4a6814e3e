//! Groups and the kinds of objects they keep.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{GroupId, ObjectTypeId, WorkspaceId};

use crate::schema::{groups, object_types};
use crate::{Error, definitions};

/// Makes a group, after those that are there.
///
/// # Errors
/// [`Error::Conflict`] if the id is taken.
pub async fn insert(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: GroupId,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let there: i64 = groups::table
        .filter(groups::workspace_id.eq(workspace_id.uuid()))
        .count()
        .get_result(connection)
        .await?;
    diesel::insert_into(groups::table)
        .values((
            groups::workspace_id.eq(workspace_id.uuid()),
            groups::id.eq(id.uuid()),
            groups::name.eq(name),
            groups::position.eq(i32::try_from(there).unwrap_or(i32::MAX)),
            groups::created_at.eq(now),
        ))
        .execute(connection)
        .await?;
    definitions::bump(connection, workspace_id).await
}

/// Makes a kind of objects that a group keeps.
///
/// # Errors
/// [`Error::Conflict`] with `object_types_name_unique` if the group has one of this name.
pub async fn insert_object_type(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    group_id: GroupId,
    id: ObjectTypeId,
    name: &str,
) -> Result<(), Error> {
    diesel::insert_into(object_types::table)
        .values((
            object_types::workspace_id.eq(workspace_id.uuid()),
            object_types::id.eq(id.uuid()),
            object_types::group_id.eq(group_id.uuid()),
            object_types::name.eq(name),
        ))
        .execute(connection)
        .await?;
    definitions::bump(connection, workspace_id).await
}
