//! `ListApiKeys`.

use domain::Violations;
use persistence::api_keys::{self, ListedApiKey};
use proto::v1::{ApiKey, ListApiKeysRequest, ListApiKeysResponse};
use uuid::Uuid;

use super::convert;
use crate::admin::Administrator;
use crate::pages::List;
use crate::status::Failure;

pub(in crate::admin) async fn list(
    administrator: &Administrator,
    request: ListApiKeysRequest,
) -> Result<ListApiKeysResponse, Failure> {
    let ListApiKeysRequest {
        page_size,
        page_token,
    } = request;
    let definitions = administrator.known().await?;
    let list = List {
        name: "api_keys",
        definitions: &definitions,
    };
    let mut violations = Violations::default();
    let page = list.page(page_size, &page_token, &mut violations);
    if !violations.is_empty() {
        return Err(Failure::Invalid(violations));
    }
    // One more than the page holds tells whether there is another page.
    let keys = keys(administrator, page.after, page.size + 1).await?;
    let (keys, next_page_token) = list.slice(page, keys, |key: &ListedApiKey| key.id.uuid());
    Ok(ListApiKeysResponse {
        api_keys: keys.into_iter().map(convert::api_key).collect(),
        next_page_token,
    })
}

/// Every key of the workspace.
pub(in crate::admin) async fn all(administrator: &Administrator) -> Result<Vec<ApiKey>, Failure> {
    let keys = keys(administrator, None, usize::MAX).await?;
    Ok(keys.into_iter().map(convert::api_key).collect())
}

async fn keys(
    administrator: &Administrator,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<ListedApiKey>, Failure> {
    let database = &administrator.database;
    let keys = database
        .outside(database.statement_limit(), async |connection| {
            api_keys::list(connection, administrator.workspace_id, after, limit).await
        })
        .await?;
    Ok(keys)
}
