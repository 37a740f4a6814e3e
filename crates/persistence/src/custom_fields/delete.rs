//! Deleting custom fields.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{CustomField, ObjectTypeId, WorkspaceId};

use super::FieldScope;
use super::stored_values::{DROP_VALUES, StoredOptions};
use crate::schema::{custom_fields, object_types, objects};
use crate::statement::{Document, Statement};
use crate::{Error, definitions};

/// Deletes a field with its options, its former names and all its values. The kind of objects that it pointed to goes
/// with the last field that does so, but not while there are objects of it or fields of theirs: those stay, to be
/// found again under a new field of the same name.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    scope: FieldScope,
    field: &CustomField,
) -> Result<(), Error> {
    definitions::bump(connection, workspace_id).await?;
    let input = Document(StoredOptions::new(scope, field.id, &[]));
    let statement = Statement {
        sql: DROP_VALUES.of(scope.owner),
        workspace_id: workspace_id.uuid(),
        input: &input,
    };
    let _: i64 = statement.answer(connection).await?;
    diesel::delete(custom_fields::table.find((workspace_id.uuid(), field.id.uuid())))
        .execute(&mut connection)
        .await?;
    match field.field_type.object_type() {
        Some(target) => delete_unused(connection, workspace_id, target).await,
        None => Ok(()),
    }
}

/// Deletes a kind of objects that nothing has to do with any more.
async fn delete_unused(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: ObjectTypeId,
) -> Result<(), Error> {
    let kept = objects::table
        .filter(objects::workspace_id.eq(workspace_id.uuid()))
        .filter(objects::object_type_id.eq(id.uuid()));
    let of_or_to = custom_fields::table
        .filter(custom_fields::workspace_id.eq(workspace_id.uuid()))
        .filter(
            custom_fields::object_type_id
                .eq(id.uuid())
                .or(custom_fields::target_object_type_id.eq(id.uuid())),
        );
    diesel::delete(
        object_types::table
            .filter(object_types::workspace_id.eq(workspace_id.uuid()))
            .filter(object_types::id.eq(id.uuid()))
            .filter(not(exists(kept)))
            .filter(not(exists(of_or_to))),
    )
    .execute(&mut connection)
    .await?;
    Ok(())
}
