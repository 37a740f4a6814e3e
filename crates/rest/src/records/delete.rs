//! `DELETE` on one record

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;

use super::Calls;
use crate::answer::deleted;
use crate::call::{Call, Failure};
use crate::etag::if_match;
use crate::json::ShapeIssues;
use crate::path;

pub(super) async fn delete<R: Calls>(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let mut issues = ShapeIssues::default();
    let etag = if_match(request.headers(), &mut issues);
    // This call of the core has no form that only validates.
    issues.into_failure()?;

    let answer = R::delete(&call, request.uri(), etag);
    let ((), remarks) = call.submit(answer, &R::PLACES, ShapeIssues::default()).await?;
    deleted(&call, &path::id(request.uri()), remarks)
}
