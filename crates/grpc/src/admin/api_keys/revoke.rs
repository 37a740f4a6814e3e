//! `RevokeApiKey`.

use domain::ApiKeyId;
use persistence::api_keys;
use proto::v1::{ApiKey, RevokeApiKeyRequest};

use super::convert;
use crate::admin::Administrator;
use crate::clock;
use crate::record_id::{no_such, request_record_id};
use crate::status::Failure;

pub(in crate::admin) async fn revoke(
    administrator: &Administrator,
    request: RevokeApiKeyRequest,
) -> Result<ApiKey, Failure> {
    let RevokeApiKeyRequest { id } = request;
    let id = request_record_id(&id, "API key", ApiKeyId::parse, ApiKeyId::parse_at)?;
    let workspace_id = administrator.workspace_id;
    let connection = administrator.database.connection().await?;
    api_keys::revoke(&connection, workspace_id, id, clock::now()).await?;
    let key = api_keys::find(&connection, workspace_id, id).await?;
    Ok(convert::api_key(key.ok_or_else(|| no_such("API key"))?))
}
