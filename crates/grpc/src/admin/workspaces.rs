//! Making workspaces: before one is there, nobody has a key, so this is for who has the database in hand.

use domain::{Path, Violations, WorkspaceId, WorkspaceName};
use persistence::{Database, Reach, workspaces};
use uuid::Uuid;

use super::Refusal;
use crate::clock;
use crate::status::Failure;

/// Makes a workspace without users or groups.
///
/// # Errors
/// The name breaks a rule, or the database does not answer.
pub async fn create_workspace(database: &Database, name: String) -> Result<WorkspaceId, Refusal> {
    let mut violations = Violations::default();
    let name = WorkspaceName::parse(name, &Path::root("name"), &mut violations)
        .ok_or(Failure::Invalid(violations))?;
    let id = WorkspaceId::new(Uuid::now_v7());
    Ok(insert(database, id, &name).await.map(|()| id)?)
}

async fn insert(database: &Database, id: WorkspaceId, name: &WorkspaceName) -> Result<(), Failure> {
    database
        .within(Reach::of(id), async |connection| {
            Ok(workspaces::insert(connection, id, name.as_str(), clock::now()).await?)
        })
        .await
}
