//! Deals and other objects that groups keep.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{EntityType, GroupId, ObjectId, ObjectTypeId, Operation, UserId, WorkspaceId};

use crate::Error;
use crate::changes::{self, Change};
use crate::schema::objects;

/// An object that is yet to be made.
#[derive(Debug)]
pub struct NewObject<'a> {
    /// Its id.
    pub id: ObjectId,
    /// The group that keeps it.
    pub group_id: GroupId,
    /// Its type, one of the group's.
    pub object_type_id: ObjectTypeId,
    /// The name to show.
    pub name: &'a str,
}

/// Makes an object without values.
///
/// # Errors
/// [`Error::Conflict`] if the id is taken or the group or type does not exist.
pub async fn insert(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    object: &NewObject<'_>,
    actor: UserId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let NewObject {
        id,
        group_id,
        object_type_id,
        name,
    } = object;
    diesel::insert_into(objects::table)
        .values((
            objects::workspace_id.eq(workspace_id.uuid()),
            objects::id.eq(id.uuid()),
            objects::group_id.eq(group_id.uuid()),
            objects::object_type_id.eq(object_type_id.uuid()),
            objects::name.eq(name),
            objects::created_at.eq(now),
            objects::created_by.eq(actor.uuid()),
            objects::updated_at.eq(now),
        ))
        .execute(connection)
        .await?;
    let change = Change {
        entity: (EntityType::Object, id.uuid()),
        operation: Operation::Create,
        payload: None,
    };
    changes::append(connection, workspace_id, actor, change, now).await
}
