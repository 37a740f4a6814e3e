//! `CreateApiKey`.

use domain::{ApiKeyDraft, ApiKeyId, Definitions, Path, Violations};
use persistence::RawConnection;
use persistence::api_keys::{self, ListedApiKey, NewApiKey};
use proto::v1::{ApiKey, CreateApiKeyRequest};
use uuid::Uuid;

use super::convert;
use crate::admin::Administrator;
use crate::admin::change::Change;
use crate::required::required;
use crate::status::Failure;
use crate::{clock, secret};

struct Create {
    draft: ApiKeyDraft,
}

pub(in crate::admin) async fn create(
    administrator: &Administrator,
    request: CreateApiKeyRequest,
) -> Result<ApiKey, Failure> {
    let CreateApiKeyRequest {
        api_key,
        validate_only,
    } = request;
    let raw = convert::read_api_key(required(api_key, "api_key")?);
    let mut violations = Violations::default();
    let draft = ApiKeyDraft::read(raw, clock::now(), &Path::root("api_key"), &mut violations)
        .ok_or(Failure::Invalid(violations))?;
    let mut key = administrator.make(&Create { draft }, validate_only).await?;
    if validate_only {
        // There is no such key.
        key.id.clear();
        key.secret.clear();
    }
    Ok(key)
}

impl Change for Create {
    type Done = ApiKey;

    async fn make(
        &self,
        administrator: &Administrator,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<ApiKey, Failure> {
        let ApiKeyDraft {
            name,
            user_id,
            scope,
            expires_at,
        } = &self.draft;
        let invalid = |message: &str| {
            let mut violations = Violations::default();
            violations.custom(&Path::root("api_key").field("user_id"), message);
            Failure::Invalid(violations)
        };
        let user_id = user_id
            .or(administrator.user_id)
            .ok_or_else(|| invalid("a key acts as a user; say which"))?;
        match definitions.user(user_id) {
            Some(user) if user.is_active() => {}
            Some(_) => return Err(invalid("the user is deactivated")),
            None => return Err(invalid("no such user in the workspace")),
        }
        let (id, now) = (ApiKeyId::new(Uuid::now_v7()), clock::now());
        let secret = secret::generate().map_err(|error| {
            tracing::error!(%error, "the operating system gives no randomness");
            Failure::Internal
        })?;
        let key = NewApiKey {
            id,
            workspace_id: administrator.workspace_id,
            user_id,
            name: name.as_str(),
            scope: *scope,
            expires_at: *expires_at,
        };
        api_keys::insert(connection, &key, secret.expose(), now).await?;
        let made = ListedApiKey {
            id,
            name: name.as_str().to_owned(),
            user_id,
            scope: *scope,
            created_at: now,
            expires_at: *expires_at,
            revoked_at: None,
        };
        Ok(ApiKey {
            secret: secret.expose().to_owned(),
            ..convert::api_key(made)
        })
    }
}
