//! `GET /v1/api-keys`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{ListApiKeysRequest, ListApiKeysResponse};

use super::PLACES;
use super::json::KeyJson;
use crate::call::{Call, Failure};
use crate::pages::{NextLink, Page, page_answer};
use crate::query::Query;

pub(super) async fn list(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (page, issues) = Page::of_whole_query(Query::of(request.uri()));
    let limit = page.limit;
    let (page_size, page_token) = page.into_core();

    let admin = call.core().admin();
    let answer = admin.list_api_keys(call.request(ListApiKeysRequest {
        page_size,
        page_token,
    }));
    let (response, remarks) = call.submit(answer, &PLACES, issues).await?;
    let ListApiKeysResponse {
        api_keys,
        next_page_token,
    } = response;
    let next_link = NextLink::of(request.uri(), limit, &next_page_token).url(&call);
    page_answer(&call, api_keys.iter().map(KeyJson::from), next_link, remarks)
}
