//! The demo workspace: the records that the documentation speaks of, under their documented ids.

mod content;
mod key;

use std::path::Path;

use domain::{ApiKeyId, ApiKeySecret, Scope};
use persistence::api_keys::{self, NewApiKey};
use persistence::{Database, RawConnection, Reach, workspaces};
use uuid::Uuid;

use crate::commands::Failure;
use content::{JOHN, MakeError, WORKSPACE};
pub(crate) use key::DemoKey;

/// Makes the demo workspace if the database lacks it, and a key for it: the one that is given, or else a new one.
pub(crate) async fn ensure(
    database: &Database,
    given: Option<ApiKeySecret>,
) -> Result<ApiKeySecret, Failure> {
    let connection = database.connection().await?;
    if !workspaces::exists(&connection, WORKSPACE).await? {
        let now = grpc::clock::now();
        database
            .within(Reach::of(WORKSPACE), async |connection| {
                content::make(connection, now).await
            })
            .await
            .map_err(|MakeError(failure)| failure)?;
    }
    let secret = match given {
        Some(secret) => secret,
        None => grpc::secret::generate()?,
    };
    ensure_key(&connection, &secret).await?;
    Ok(secret)
}

/// Makes the demo workspace and its key at the first start on a data directory, where the key is kept.
pub(crate) async fn ensure_in(
    data_dir: &Path,
    database: &Database,
    given: Option<ApiKeySecret>,
) -> Result<DemoKey, Failure> {
    let kept = DemoKey::read(data_dir)?;
    let secret = ensure(database, given.or(kept)).await?;
    DemoKey::write(data_dir, secret)
}

async fn ensure_key(connection: &RawConnection, secret: &ApiKeySecret) -> Result<(), Failure> {
    match api_keys::find_by_secret(connection, secret.expose()).await? {
        Some(key) if key.workspace_id != WORKSPACE => {
            Err("the demo key is already a key of another workspace: choose another PEOPLE_DEMO_API_KEY".into())
        }
        Some(key) if key.revoked_at.is_some() => {
            Err("the demo key was revoked: choose another with PEOPLE_DEMO_API_KEY, or remove the file demo-api-key".into())
        }
        Some(_) => Ok(()),
        None => {
            let key = NewApiKey {
                id: ApiKeyId::new(Uuid::now_v7()),
                workspace_id: WORKSPACE,
                user_id: JOHN,
                name: "demo",
                scope: Scope::Admin,
                expires_at: None,
            };
            Ok(api_keys::insert(connection, &key, secret.expose(), grpc::clock::now()).await?)
        }
    }
}

/// A command that creates the documented person.
pub(crate) fn curl(rest_url: &str, secret: &str) -> String {
    format!(
        "  curl -s {rest_url}/v1/people \\\n    -H 'Authorization: Bearer {secret}' \\\n    \
         -H 'Content-Type: application/json' \\\n    -d '{}'",
        content::documented_body()
    )
}
