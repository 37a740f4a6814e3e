//! `DELETE /v1/api-keys/{keyId}`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::RevokeApiKeyRequest;

use super::PLACES;
use crate::answer::deleted;
use crate::call::{Call, Failure};
use crate::json::ShapeIssues;
use crate::path;

pub(super) async fn revoke(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let id = path::id(request.uri());
    let admin = call.core().admin();
    let answer = admin.revoke_api_key(call.request(RevokeApiKeyRequest { id }));
    let (key, remarks) = call.submit(answer, &PLACES, ShapeIssues::default()).await?;
    deleted(&call, &key.id, remarks)
}
