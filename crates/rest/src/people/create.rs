//! `POST /v1/people`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::{CreatePersonRequest, Person};

use super::json::{PersonInput, person_answer, read_person};
use crate::body;
use crate::call::{Call, Failure};
use crate::error::Places;
use crate::idempotency_key::IdempotencyKey;

pub(super) async fn create(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let limit = call.context().settings.body_limit;
    let fast = |text: &str| PersonInput::parse(text).map(Person::from);
    let (person, mut issues) = body::read(&call, &parts.headers, body, limit, fast, read_person).await?;
    let key = IdempotencyKey::of(&parts.headers, &mut issues);
    let validate_only = !issues.is_empty();

    let mut people = call.core().people();
    let answer = people.create_person(call.request(CreatePersonRequest {
        person: Some(person),
        validate_only,
        request_id: key.request_id(validate_only),
    }));
    let (person, remarks) = call.submit(answer, &Places(&[]), issues).await?;
    person_answer(&call, &person, remarks)
}
