//! `GET /v1/people/{personId}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::GetPersonRequest;

use super::PERSON_ID;
use super::json::person_answer;
use crate::call::{Call, Failure};
use crate::path;
use crate::query::Query;

pub(super) async fn get(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let issues = Query::of(request.uri()).expect_none();
    let id = path::id(request.uri());

    let mut people = call.core().people();
    let answer = people.get_person(call.request(GetPersonRequest { id }));
    let (person, remarks) = call.submit(answer, &PERSON_ID, issues).await?;
    person_answer(&call, &person, remarks)
}
