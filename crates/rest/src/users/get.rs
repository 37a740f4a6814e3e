//! `GET /v1/users/{userId}`, and `/v1/users/me`

use axum::Extension;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use http::Uri;
use proto::v1::GetUserRequest;

use super::UserJson;
use crate::answer::success;
use crate::call::{Call, Failure};
use crate::error::Error;
use crate::{path, query};

const ID_NAME: &str = "userId";

pub(super) async fn get(
    Extension(call): Extension<Call>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response {
    let id = path::id(id, &uri);
    call.answer(read(&call, id, &uri).await).await
}

async fn read(call: &Call, id: String, uri: &Uri) -> Result<Response, Failure> {
    query::expect_none(uri)?;
    let mut users = call.core().users();
    let answer = call
        .wait(users.get_user(call.request(GetUserRequest { id })))
        .await;
    let (user, remarks) = answer.map_err(|status| Failure::Core(Error::from_status(&status, ID_NAME)))?;
    success(call, &UserJson::from(&user), remarks)
}
