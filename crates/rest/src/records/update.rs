//! `PATCH` on one record

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;

use super::Calls;
use super::patch::read_patch;
use super::record::record_answer;
use crate::body;
use crate::call::{Call, Failure};
use crate::etag::if_match;

pub(super) async fn update<R: Calls>(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let limit = call.context().settings().body_limit;
    let read = body::read(
        &call,
        &parts.headers,
        body,
        limit,
        R::read_patch_fast,
        read_patch::<R>,
    );
    let (patch, mut issues) = read.await?;
    let etag = if_match(&parts.headers, &mut issues);

    let answer = R::update(&call, &parts.uri, etag, patch, !issues.is_empty());
    let (record, remarks) = call.submit(answer, &R::PLACES, issues).await?;
    record_answer(&call, &record, remarks)
}
