//! What a workspace has defined, read as a whole: users, groups, fields and options.

mod load;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::WorkspaceId;

pub use load::load;

use crate::Error;
use crate::schema::definition_versions;

/// The version that every change of the definitions bumps; nothing if there is no such workspace.
///
/// # Errors
/// When the database does not answer.
pub async fn version(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
) -> Result<Option<i64>, Error> {
    let version = definition_versions::table
        .find(workspace_id.uuid())
        .select(definition_versions::version)
        .first(connection)
        .await
        .optional()?;
    Ok(version)
}

/// Says that the definitions changed; in the transaction that changes them.
pub(crate) async fn bump(connection: &mut AsyncPgConnection, workspace_id: WorkspaceId) -> Result<(), Error> {
    diesel::update(definition_versions::table.find(workspace_id.uuid()))
        .set(definition_versions::version.eq(definition_versions::version + 1))
        .execute(connection)
        .await?;
    Ok(())
}
