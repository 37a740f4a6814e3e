//! `DELETE /v1/people/{personId}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::DeletePersonRequest;

use super::PERSON_ID;
use crate::answer::deleted;
use crate::call::{Call, Failure};
use crate::etag::if_match;
use crate::json::ShapeIssues;
use crate::path;

pub(super) async fn delete(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let mut issues = ShapeIssues::default();
    let id = path::id(request.uri());
    let etag = if_match(request.headers(), &mut issues);
    // This call of the core has no form that only validates.
    issues.into_failure()?;

    let mut people = call.core().people();
    let message = DeletePersonRequest { id: id.clone(), etag };
    let answer = people.delete_person(call.request(message));
    let ((), remarks) = call.submit(answer, &PERSON_ID, ShapeIssues::default()).await?;
    deleted(&call, &id, remarks)
}
