//! A panic ends its call, not the connection and all calls on it.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;

use super::incoming::Outgoing;
use super::{RequestId, refusal};
use crate::status::Failure;

/// The answer of the work, also if it panics.
pub(super) async fn caught<A: Outgoing>(id: RequestId, work: impl Future<Output = A>) -> A {
    // Nothing that a panic could leave half done outlives the call.
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(answer) => answer,
        Err(_) => {
            tracing::error!("a call panicked");
            refusal(Failure::Internal, id)
        }
    }
}
