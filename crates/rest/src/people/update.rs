//! `PATCH /v1/people/{personId}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::UpdatePersonRequest;

use super::PERSON_ID;
use super::json::{PersonPatch, patch_fast, person_answer, read_patch};
use crate::call::{Call, Failure};
use crate::etag::if_match;
use crate::{body, path};

pub(super) async fn update(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let limit = call.context().settings.body_limit;
    let (patch, mut issues) = body::read(&call, &parts.headers, body, limit, patch_fast, read_patch).await?;
    let PersonPatch {
        mut person,
        update_mask,
        add,
        remove,
    } = patch;
    person.id = path::id(&parts.uri);
    person.etag = if_match(&parts.headers, &mut issues);

    let mut people = call.core().people();
    let answer = people.update_person(call.request(UpdatePersonRequest {
        person: Some(person),
        // Also when it is empty: the core takes none at all for every field that is set.
        update_mask: Some(update_mask),
        add,
        remove,
        validate_only: !issues.is_empty(),
    }));
    let (person, remarks) = call.submit(answer, &PERSON_ID, issues).await?;
    person_answer(&call, &person, remarks)
}
