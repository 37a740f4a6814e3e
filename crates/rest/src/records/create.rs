//! `POST` on a collection

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;

use super::record::record_answer;
use super::{Calls, Creation, read_record};
use crate::body;
use crate::call::{Call, Failure};
use crate::idempotency_key::IdempotencyKey;
use crate::json::{Json, Path, ShapeIssues};

pub(super) async fn create<R: Calls>(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let limit = call.context().settings().body_limit;
    let slow = |body: &Json<'_>, issues: &mut ShapeIssues| {
        read_record::<R>(body, Path::Request, issues).unwrap_or_default()
    };
    let (record, mut issues) = body::read(&call, &parts.headers, body, limit, R::read_fast, slow).await?;
    let key = IdempotencyKey::of(&parts.headers, &mut issues);
    let validate_only = !issues.is_empty();

    let creation = Creation {
        record,
        validate_only,
        request_id: key.request_id(validate_only),
    };
    let answer = R::create(&call, &parts.uri, creation);
    let (record, remarks) = call.submit(answer, &R::PLACES, issues).await?;
    record_answer(&call, &record, remarks)
}
