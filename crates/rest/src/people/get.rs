//! `GET /v1/people/{personId}`

use axum::Extension;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use http::Uri;
use proto::v1::GetPersonRequest;

use super::json::person_answer;
use crate::call::{Call, Failure};
use crate::error::Error;
use crate::{path, query};

const ID_NAME: &str = "personId";

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
    let mut people = call.core().people();
    let answer = call
        .wait(people.get_person(call.request(GetPersonRequest { id })))
        .await;
    let (person, remarks) = answer.map_err(|status| Failure::Core(Error::from_status(&status, ID_NAME)))?;
    person_answer(call, &person, remarks)
}
