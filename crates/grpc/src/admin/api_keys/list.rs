//! `ListApiKeys`.

use domain::Violations;
use persistence::api_keys::{self, ListedApiKey};
use proto::v1::{ApiKey, ListApiKeysRequest, ListApiKeysResponse};

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
    let connection = administrator.database.connection().await?;
    // One more than the page holds tells whether there is another page.
    let keys = api_keys::list(&connection, administrator.workspace_id, page.after, page.size + 1).await?;
    let (keys, next_page_token) = list.slice(page, keys, |key: &ListedApiKey| key.id.uuid());
    Ok(ListApiKeysResponse {
        api_keys: keys.into_iter().map(convert::api_key).collect(),
        next_page_token,
    })
}

/// Every key of the workspace.
pub(in crate::admin) async fn all(administrator: &Administrator) -> Result<Vec<ApiKey>, Failure> {
    let connection = administrator.database.connection().await?;
    let keys = api_keys::list(&connection, administrator.workspace_id, None, usize::MAX).await?;
    Ok(keys.into_iter().map(convert::api_key).collect())
}
