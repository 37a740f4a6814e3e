//! `POST /v1/interactions`

use std::sync::Arc;

use axum::extract::Request;
use axum::response::Response;
use proto::v1::LogInteractionRequest;

use super::json::{InteractionJson, read_interaction};
use crate::answer::success;
use crate::body;
use crate::call::{Call, Failure};
use crate::error::Places;
use crate::idempotency_key::IdempotencyKey;

const PLACES: Places = Places(&[
    ("interaction.entity_id", &["entity", "id"]),
    ("interaction.time", &["dateTime"]),
]);

pub(super) async fn log(call: Arc<Call>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (interaction, mut issues) = body::read_slowly(&call, &parts.headers, body, read_interaction).await?;
    let key = IdempotencyKey::of(&parts.headers, &mut issues);
    let validate_only = !issues.is_empty();

    let interactions = call.core().interactions();
    let answer = interactions.log_interaction(call.request(LogInteractionRequest {
        interaction: Some(interaction),
        validate_only,
        request_id: key.request_id(validate_only),
    }));
    let (interaction, remarks) = call.submit(answer, &PLACES, issues).await?;
    success(&call, &InteractionJson::from(&interaction), remarks)
}
