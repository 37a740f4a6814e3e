//! Workspaces, the tenants.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::WorkspaceId;

use crate::Error;
use crate::schema::{definition_versions, workspaces};

/// Makes a workspace without users or groups.
///
/// # Errors
/// [`Error::Conflict`] if the id is taken.
pub async fn insert(
    mut connection: &AsyncPgConnection,
    id: WorkspaceId,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    diesel::insert_into(workspaces::table)
        .values((
            workspaces::id.eq(id.uuid()),
            workspaces::name.eq(name),
            workspaces::created_at.eq(now),
        ))
        .execute(&mut connection)
        .await?;
    diesel::insert_into(definition_versions::table)
        .values(definition_versions::workspace_id.eq(id.uuid()))
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Whether there is such a workspace.
///
/// # Errors
/// When the database does not answer.
pub async fn exists(mut connection: &AsyncPgConnection, id: WorkspaceId) -> Result<bool, Error> {
    let query = diesel::select(diesel::dsl::exists(workspaces::table.find(id.uuid())));
    Ok(query.get_result(&mut connection).await?)
}

/// Every workspace with its name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(mut connection: &AsyncPgConnection) -> Result<Vec<(WorkspaceId, String)>, Error> {
    let rows: Vec<(uuid::Uuid, String)> = workspaces::table
        .select((workspaces::id, workspaces::name))
        .order(workspaces::id)
        .load(&mut connection)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (id.into(), name)).collect())
}
