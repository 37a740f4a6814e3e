//! How many calls are worked on at once.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::refusal;
use crate::Core;
use crate::status::Failure;

/// Refuses a call at once when there are as many as may be: a queue would only make all of them late.
pub(crate) async fn bound(State(core): State<Core>, request: Request, next: Next) -> Response {
    let Ok(_permit) = Arc::clone(&core.in_flight).try_acquire_owned() else {
        return refusal(Failure::Overloaded, request.extensions());
    };
    next.run(request).await
}
