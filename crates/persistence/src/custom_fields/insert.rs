//! Making custom fields.

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CustomField, FieldOwner, FieldType, GroupId, ObjectTypeId, WorkspaceId};

use super::FieldScope;
use super::options::insert_options;
use super::rename::take_name;
use crate::schema::{custom_field_aliases, custom_fields};
use crate::{Error, definitions};

/// Makes a field with its options and former names, after the fields that are there. Its name is no other field's former
/// one any more.
///
/// # Errors
/// [`Error::Conflict`] with `custom_fields_name_unique` or `custom_fields_object_name_unique` if the name is taken.
pub async fn insert(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    group_id: GroupId,
    owner: FieldOwner,
    field: &CustomField,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let CustomField {
        id,
        name,
        former_names,
        field_type,
    } = field;
    definitions::bump(connection, workspace_id).await?;
    take_name(connection, workspace_id, FieldScope { group_id, owner }, name).await?;
    let last: Option<i32> = custom_fields::table
        .filter(custom_fields::workspace_id.eq(workspace_id.uuid()))
        .filter(custom_fields::group_id.eq(group_id.uuid()))
        .select(max(custom_fields::position))
        .first(&mut connection)
        .await?;
    let (format, currency) = match field_type {
        FieldType::Numeric { format, currency } => (Some(format.as_str()), currency.as_deref()),
        FieldType::Text
        | FieldType::Magic
        | FieldType::Date
        | FieldType::SingleSelect(_)
        | FieldType::MultipleSelect(_)
        | FieldType::Contact
        | FieldType::User
        | FieldType::Object(_) => (None, None),
    };
    let target = field_type.object_type().map(ObjectTypeId::uuid);
    diesel::insert_into(custom_fields::table)
        .values((
            custom_fields::workspace_id.eq(workspace_id.uuid()),
            custom_fields::id.eq(id.uuid()),
            custom_fields::group_id.eq(group_id.uuid()),
            custom_fields::entity_type.eq(owner.entity_type().as_str()),
            custom_fields::object_type_id.eq(owner.object_type_id().map(ObjectTypeId::uuid)),
            custom_fields::name.eq(name),
            custom_fields::field_type.eq(field_type.as_str()),
            custom_fields::position.eq(last.map_or(0, |last| last.saturating_add(1))),
            custom_fields::numeric_format.eq(format),
            custom_fields::currency.eq(currency),
            custom_fields::target_object_type_id.eq(target),
            custom_fields::created_at.eq(now),
        ))
        .execute(&mut connection)
        .await?;
    let aliases: Vec<_> = former_names
        .iter()
        .map(|name| {
            (
                custom_field_aliases::workspace_id.eq(workspace_id.uuid()),
                custom_field_aliases::field_id.eq(id.uuid()),
                custom_field_aliases::name.eq(name),
            )
        })
        .collect();
    diesel::insert_into(custom_field_aliases::table)
        .values(aliases)
        .execute(&mut connection)
        .await?;
    match field_type.options() {
        Some(options) => insert_options(connection, workspace_id, *id, options).await,
        None => Ok(()),
    }
}
