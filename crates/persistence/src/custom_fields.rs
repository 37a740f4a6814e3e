//! The custom fields of groups, and the options of select fields.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CustomField, CustomFieldId, EntityType, FieldType, GroupId, ObjectTypeId, WorkspaceId};

use crate::schema::{custom_field_aliases, custom_field_option_aliases, custom_field_options, custom_fields};
use crate::{Error, definitions};

/// Whose field it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldOwner {
    /// The people of the group.
    People,
    /// The companies of the group.
    Companies,
    /// Its objects of this type.
    Objects(ObjectTypeId),
}

impl FieldOwner {
    const fn entity_type(self) -> EntityType {
        match self {
            Self::People => EntityType::Person,
            Self::Companies => EntityType::Company,
            Self::Objects(_) => EntityType::Object,
        }
    }

    const fn object_type_id(self) -> Option<ObjectTypeId> {
        match self {
            Self::Objects(id) => Some(id),
            Self::People | Self::Companies => None,
        }
    }
}

/// Makes a field with its options and former names, after the fields that are there.
///
/// # Errors
/// [`Error::Conflict`] with `custom_fields_name_unique` or `custom_fields_object_name_unique` if the name is taken.
pub async fn insert(
    connection: &mut AsyncPgConnection,
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
    let there: i64 = custom_fields::table
        .filter(custom_fields::workspace_id.eq(workspace_id.uuid()))
        .filter(custom_fields::group_id.eq(group_id.uuid()))
        .count()
        .get_result(connection)
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
    let target = match field_type {
        FieldType::Object(target) => Some(target.uuid()),
        FieldType::Text
        | FieldType::Magic
        | FieldType::Numeric { .. }
        | FieldType::Date
        | FieldType::SingleSelect(_)
        | FieldType::MultipleSelect(_)
        | FieldType::Contact
        | FieldType::User => None,
    };
    diesel::insert_into(custom_fields::table)
        .values((
            custom_fields::workspace_id.eq(workspace_id.uuid()),
            custom_fields::id.eq(id.uuid()),
            custom_fields::group_id.eq(group_id.uuid()),
            custom_fields::entity_type.eq(owner.entity_type().as_str()),
            custom_fields::object_type_id.eq(owner.object_type_id().map(ObjectTypeId::uuid)),
            custom_fields::name.eq(name),
            custom_fields::field_type.eq(field_type.as_str()),
            custom_fields::position.eq(i32::try_from(there).unwrap_or(i32::MAX)),
            custom_fields::numeric_format.eq(format),
            custom_fields::currency.eq(currency),
            custom_fields::target_object_type_id.eq(target),
            custom_fields::created_at.eq(now),
        ))
        .execute(connection)
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
        .execute(connection)
        .await?;
    insert_options(connection, workspace_id, *id, field_type).await?;
    definitions::bump(connection, workspace_id).await
}

async fn insert_options(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    field_id: CustomFieldId,
    field_type: &FieldType,
) -> Result<(), Error> {
    let (FieldType::SingleSelect(options) | FieldType::MultipleSelect(options)) = field_type else {
        return Ok(());
    };
    let rows: Vec<_> = (0_i32..)
        .zip(options.as_slice())
        .map(|(position, option)| {
            (
                custom_field_options::workspace_id.eq(workspace_id.uuid()),
                custom_field_options::id.eq(option.id.uuid()),
                custom_field_options::field_id.eq(field_id.uuid()),
                custom_field_options::label.eq(&option.label),
                custom_field_options::color.eq(&option.color),
                custom_field_options::position.eq(position),
            )
        })
        .collect();
    let aliases: Vec<_> = options
        .as_slice()
        .iter()
        .flat_map(|option| option.former_labels.iter().map(|label| (option.id, label)))
        .map(|(id, label)| {
            (
                custom_field_option_aliases::workspace_id.eq(workspace_id.uuid()),
                custom_field_option_aliases::option_id.eq(id.uuid()),
                custom_field_option_aliases::label.eq(label),
            )
        })
        .collect();
    diesel::insert_into(custom_field_options::table)
        .values(rows)
        .execute(connection)
        .await?;
    diesel::insert_into(custom_field_option_aliases::table)
        .values(aliases)
        .execute(connection)
        .await?;
    Ok(())
}
