//! The options of select fields.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CustomFieldId, OptionId, SelectOptions, WorkspaceId};
use uuid::Uuid;

use super::FieldScope;
use super::stored_values::{DROP_OPTIONS, OPTIONS_IN_USE, StoredOptions};
use crate::schema::{custom_field_option_aliases, custom_field_options};
use crate::statement::{Document, Statement};
use crate::{Error, definitions};

/// Makes these the options of a field, in this order. Options keep their ids, and with them their values; the values of
/// those that are left out must have been dropped.
///
/// # Errors
/// [`Error::Conflict`] with `custom_field_options_label_unique` if two have one label.
pub async fn replace_options(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    field_id: CustomFieldId,
    options: &SelectOptions,
) -> Result<(), Error> {
    definitions::bump(connection, workspace_id).await?;
    // All go before any comes, since two may have changed their labels with each other. No other table than that of the
    // former labels points to them.
    diesel::delete(
        custom_field_options::table
            .filter(custom_field_options::workspace_id.eq(workspace_id.uuid()))
            .filter(custom_field_options::field_id.eq(field_id.uuid())),
    )
    .execute(&mut connection)
    .await?;
    insert_options(connection, workspace_id, field_id, options).await
}

/// Which of these options of a field some record has as its value.
///
/// # Errors
/// When the database does not answer.
pub async fn options_in_use(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    scope: FieldScope,
    field_id: CustomFieldId,
    options: &[OptionId],
) -> Result<Vec<OptionId>, Error> {
    let input = Document(StoredOptions::new(scope, field_id, options));
    let statement = Statement {
        sql: OPTIONS_IN_USE.of(scope.owner),
        workspace_id: workspace_id.uuid(),
        input: &input,
    };
    let used: Vec<Uuid> = statement.answer(connection).await?;
    Ok(used.into_iter().map(Into::into).collect())
}

/// Takes these options of a field out of the values of all records.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_options(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    scope: FieldScope,
    field_id: CustomFieldId,
    options: &[OptionId],
) -> Result<(), Error> {
    let input = Document(StoredOptions::new(scope, field_id, options));
    let statement = Statement {
        sql: DROP_OPTIONS.of(scope.owner),
        workspace_id: workspace_id.uuid(),
        input: &input,
    };
    let _: i64 = statement.answer(connection).await?;
    Ok(())
}

pub(super) async fn insert_options(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    field_id: CustomFieldId,
    options: &SelectOptions,
) -> Result<(), Error> {
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
        .execute(&mut connection)
        .await?;
    diesel::insert_into(custom_field_option_aliases::table)
        .values(aliases)
        .execute(&mut connection)
        .await?;
    Ok(())
}
