//! Giving custom fields other names.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CustomField, WorkspaceId};

use super::FieldScope;
use crate::schema::{custom_field_aliases, custom_fields};
use crate::{Error, definitions};

/// Gives a field another name. The one it had works on as a former name, until another field takes it.
///
/// # Errors
/// [`Error::Conflict`] with `custom_fields_name_unique` or `custom_fields_object_name_unique` if the name is taken.
pub async fn rename(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    scope: FieldScope,
    field: &CustomField,
    name: &str,
) -> Result<(), Error> {
    if name == field.name {
        return Ok(());
    }
    definitions::bump(connection, workspace_id).await?;
    take_name(connection, workspace_id, scope, name).await?;
    diesel::update(custom_fields::table.find((workspace_id.uuid(), field.id.uuid())))
        .set(custom_fields::name.eq(name))
        .execute(&mut connection)
        .await?;
    diesel::insert_into(custom_field_aliases::table)
        .values((
            custom_field_aliases::workspace_id.eq(workspace_id.uuid()),
            custom_field_aliases::field_id.eq(field.id.uuid()),
            custom_field_aliases::name.eq(&field.name),
        ))
        .on_conflict_do_nothing()
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Sees to it that the name is no field's former one any more: a field is about to be called so.
pub(super) async fn take_name(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    scope: FieldScope,
    name: &str,
) -> Result<(), Error> {
    let FieldScope { group_id, owner } = scope;
    let object_type_id = owner.object_type_id().map(|id| id.uuid());
    let siblings = custom_fields::table
        .filter(custom_fields::workspace_id.eq(workspace_id.uuid()))
        .filter(custom_fields::group_id.eq(group_id.uuid()))
        .filter(custom_fields::entity_type.eq(owner.entity_type().as_str()))
        .filter(custom_fields::object_type_id.is_not_distinct_from(object_type_id))
        .select(custom_fields::id);
    diesel::delete(
        custom_field_aliases::table
            .filter(custom_field_aliases::workspace_id.eq(workspace_id.uuid()))
            .filter(custom_field_aliases::name.eq(name))
            .filter(custom_field_aliases::field_id.eq_any(siblings)),
    )
    .execute(&mut connection)
    .await?;
    Ok(())
}
