//! `POST /v1/api-keys`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::CreateApiKeyRequest;

use super::PLACES;
use super::json::{KeyJson, read_key};
use crate::answer::success;
use crate::body;
use crate::call::{Call, Failure};

pub(super) async fn create(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (key, issues) = body::read_slowly(&call, &parts.headers, body, read_key).await?;

    let admin = call.core().admin();
    let answer = admin.create_api_key(call.request(CreateApiKeyRequest {
        api_key: Some(key),
        validate_only: !issues.is_empty(),
    }));
    let (key, remarks) = call.submit(answer, &PLACES, issues).await?;
    success(&call, &KeyJson::from(&key), remarks)
}
