//! `GET /v1/groups`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{ListGroupsRequest, ListGroupsResponse};

use super::GROUP_ID;
use crate::call::{Call, Failure};
use crate::pages::{NextLink, Page, page_answer};
use crate::query::Query;
use crate::record_json::NamedJson;

pub(super) async fn list(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (page, issues) = Page::of_whole_query(Query::of(request.uri()));
    let limit = page.limit;
    let (page_size, page_token) = page.into_core();

    let groups = call.core().groups();
    let answer = groups.list_groups(call.request(ListGroupsRequest {
        page_size,
        page_token,
    }));
    let (response, remarks) = call.submit(answer, &GROUP_ID, issues).await?;
    let ListGroupsResponse {
        groups,
        next_page_token,
    } = response;
    let next_link = NextLink::of(request.uri(), limit, &next_page_token).url(&call);
    page_answer(&call, groups.iter().map(NamedJson::from), next_link, remarks)
}
