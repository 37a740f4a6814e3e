//! `GET /v1/users`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{ListUsersRequest, ListUsersResponse};

use super::{USER_ID, UserJson};
use crate::call::{Call, Failure};
use crate::pages::{NextLink, Page, page_answer};
use crate::query::Query;

pub(super) async fn list(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (page, issues) = Page::of_whole_query(Query::of(request.uri()));
    let limit = page.limit;
    let (page_size, page_token) = page.into_core();

    let users = call.core().users();
    let answer = users.list_users(call.request(ListUsersRequest {
        page_size,
        page_token,
    }));
    let (response, remarks) = call.submit(answer, &USER_ID, issues).await?;
    let ListUsersResponse {
        users,
        next_page_token,
    } = response;
    let next_link = NextLink::of(request.uri(), limit, &next_page_token).url(&call);
    page_answer(&call, users.iter().map(UserJson::from), next_link, remarks)
}
