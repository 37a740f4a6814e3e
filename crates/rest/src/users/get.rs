//! `GET /v1/users/{userId}`, and `/v1/users/me`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::GetUserRequest;

use super::{USER_ID, UserJson};
use crate::answer::success;
use crate::call::{Call, Failure};
use crate::path;
use crate::query::Query;

pub(super) async fn get(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let issues = Query::of(request.uri()).expect_none();
    let id = path::id(request.uri());

    let users = call.core().users();
    let answer = users.get_user(call.request(GetUserRequest { id }));
    let (user, remarks) = call.submit(answer, &USER_ID, issues).await?;
    success(&call, &UserJson::from(&user), remarks)
}
