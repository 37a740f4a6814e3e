//! What a workspace has defined, read as a whole: users, groups, fields and options.

mod load;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Definitions, WorkspaceId};

pub use load::load;

use crate::Error;
use crate::schema::definition_versions;

/// The version that every change of the definitions bumps; nothing if there is no such workspace.
///
/// # Errors
/// When the database does not answer.
pub async fn version(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
) -> Result<Option<i64>, Error> {
    let version = definition_versions::table
        .find(workspace_id.uuid())
        .select(definition_versions::version)
        .first(&mut connection)
        .await
        .optional()?;
    Ok(version)
}

/// The definitions as they are and stay until the transaction ends: whoever else would change them waits. Every
/// change begins with it, so that none is decided by what another one is about to change. Nothing if there is no such
/// workspace.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn lock(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
) -> Result<Option<Definitions>, Error> {
    let version: Option<i64> = definition_versions::table
        .find(workspace_id.uuid())
        .select(definition_versions::version)
        .for_no_key_update()
        .first(&mut connection)
        .await
        .optional()?;
    match version {
        Some(_) => load(connection, workspace_id).await,
        None => Ok(None),
    }
}

/// Says that the definitions changed; in the transaction that changes them, and first of all, so that changes come one
/// after the other.
pub(crate) async fn bump(mut connection: &AsyncPgConnection, workspace_id: WorkspaceId) -> Result<(), Error> {
    diesel::update(definition_versions::table.find(workspace_id.uuid()))
        .set(definition_versions::version.eq(definition_versions::version + 1))
        .execute(&mut connection)
        .await?;
    Ok(())
}
