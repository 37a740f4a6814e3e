//! Reading all definitions of a workspace in one statement.

use chrono::{DateTime, Utc};
use diesel::OptionalExtension as _;
use diesel_async::AsyncPgConnection;
use domain::{
    CustomField, Definitions, FieldSet, FieldType, Group, NumericFormat, ObjectType, SelectOption,
    SelectOptions, User, WorkspaceId,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::Error;
use crate::statement::{Document, Statement};

#[derive(Debug, Deserialize)]
struct Rows {
    version: i64,
    page_token_key: String,
    users: Vec<UserRow>,
    groups: Vec<GroupRow>,
    object_types: Vec<ObjectTypeRow>,
    fields: Vec<FieldRow>,
}

#[derive(Debug, Deserialize)]
struct UserRow {
    id: Uuid,
    full_name: String,
    email: String,
    deactivated_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize)]
struct GroupRow {
    id: Uuid,
    name: String,
}

#[derive(Debug, Deserialize)]
struct ObjectTypeRow {
    id: Uuid,
    group_id: Uuid,
    name: String,
}

#[derive(Debug, Clone, Deserialize)]
struct FieldRow {
    id: Uuid,
    group_id: Uuid,
    entity_type: String,
    object_type_id: Option<Uuid>,
    name: String,
    field_type: String,
    numeric_format: Option<String>,
    currency: Option<String>,
    target_object_type_id: Option<Uuid>,
    former_names: Vec<String>,
    options: Vec<OptionRow>,
}

#[derive(Debug, Clone, Deserialize)]
struct OptionRow {
    id: Uuid,
    label: String,
    color: String,
    former_labels: Vec<String>,
}

/// The definitions of a workspace; nothing if there is no such workspace.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn load(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
) -> Result<Option<Definitions>, Error> {
    let statement = Statement {
        sql: include_str!("load.sql"),
        workspace_id: workspace_id.uuid(),
        input: &Document(()),
    };
    let rows: Option<Rows> = statement.answer(connection).await.optional()?;
    rows.map(definitions).transpose()
}

fn definitions(rows: Rows) -> Result<Definitions, Error> {
    let Rows {
        version,
        page_token_key,
        users,
        groups,
        object_types,
        fields,
    } = rows;
    let users = users
        .into_iter()
        .map(
            |UserRow {
                 id,
                 full_name,
                 email,
                 deactivated_at,
             }| User {
                id: id.into(),
                full_name,
                email,
                deactivated_at,
            },
        )
        .collect();
    let groups = groups
        .into_iter()
        .map(|group| {
            Ok(Group {
                id: group.id.into(),
                name: group.name,
                person_fields: field_set(&fields, |field| {
                    field.group_id == group.id && field.entity_type == "person"
                })?,
                company_fields: field_set(&fields, |field| {
                    field.group_id == group.id && field.entity_type == "company"
                })?,
                object_types: object_types
                    .iter()
                    .filter(|object_type| object_type.group_id == group.id)
                    .map(
                        |ObjectTypeRow {
                             id,
                             group_id: _,
                             name,
                         }| {
                            Ok(ObjectType {
                                id: (*id).into(),
                                name: name.clone(),
                                fields: field_set(&fields, |field| field.object_type_id == Some(*id))?,
                            })
                        },
                    )
                    .collect::<Result<_, Error>>()?,
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok(Definitions::new(
        version,
        page_token_key.into_bytes(),
        users,
        groups,
    ))
}

fn field_set(fields: &[FieldRow], of: impl Fn(&FieldRow) -> bool) -> Result<FieldSet, Error> {
    let fields = fields.iter().filter(|field| of(field)).cloned().map(field);
    Ok(FieldSet::new(fields.collect::<Result<_, Error>>()?))
}

fn field(row: FieldRow) -> Result<CustomField, Error> {
    let field_type = field_type(&row).ok_or(Error::Inconsistent {
        table: "custom_fields",
        column: "field_type",
        row: row.id,
    })?;
    Ok(CustomField {
        id: row.id.into(),
        name: row.name,
        former_names: row.former_names,
        field_type,
    })
}

fn field_type(row: &FieldRow) -> Option<FieldType> {
    Some(match row.field_type.as_str() {
        "textField" => FieldType::Text,
        "magicField" => FieldType::Magic,
        "numericField" => FieldType::Numeric {
            format: NumericFormat::parse(row.numeric_format.as_deref()?)?,
            currency: row.currency.clone(),
        },
        "dateField" => FieldType::Date,
        "singleSelect" => FieldType::SingleSelect(options(row)),
        "multipleSelect" => FieldType::MultipleSelect(options(row)),
        "contactField" => FieldType::Contact,
        "userField" => FieldType::User,
        "objectField" => FieldType::Object(row.target_object_type_id?.into()),
        _ => return None,
    })
}

fn options(row: &FieldRow) -> SelectOptions {
    let option = |row: &OptionRow| SelectOption {
        id: row.id.into(),
        label: row.label.clone(),
        color: row.color.clone(),
        former_labels: row.former_labels.clone(),
    };
    SelectOptions::new(row.options.iter().map(option).collect())
}
