//! A panic ends its call, not the connection and all calls on it.

use std::panic::AssertUnwindSafe;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt as _;

use super::refusal;
use crate::status::Failure;

/// Makes a panic an answer.
pub(crate) async fn catch(request: Request, next: Next) -> Response {
    let extensions = request.extensions().clone();
    // Nothing that a panic could leave half done outlives the call.
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a call panicked");
            refusal(Failure::Internal, &extensions)
        }
    }
}
