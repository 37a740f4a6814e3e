//! A panic ends its call, not the connection and all calls on it.

use std::panic::AssertUnwindSafe;

use axum::response::Response;
use futures_util::FutureExt as _;

use super::{RequestId, refusal};
use crate::status::Failure;

/// The answer of the work, also if it panics.
pub(super) async fn caught(id: RequestId, work: impl Future<Output = Response>) -> Response {
    // Nothing that a panic could leave half done outlives the call.
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a call panicked");
            refusal(Failure::Internal, id)
        }
    }
}
