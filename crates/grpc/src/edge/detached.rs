//! A write that has begun is worked on to its end, whether its caller still waits or not: what it needed from others is
//! done by then, and a caller that comes back finds it done. How long it can go on is bounded by its deadline. A read
//! whose caller has left is dropped, and its statement cancelled.

use axum::response::Response;
use tracing::Instrument as _;

use super::{RequestId, refusal};
use crate::status::Failure;

/// Works on a call in a task of its own, which holds its places until it is done.
pub(super) async fn run<P, W>(id: RequestId, places: P, work: W) -> Response
where
    P: Send + 'static,
    W: Future<Output = Response> + Send + 'static,
{
    let work = async move {
        let response = work.await;
        // What a call costs counts until its work is done.
        drop(places);
        response
    };
    let work = work.instrument(tracing::Span::current());
    match tokio::spawn(work).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a call panicked");
            refusal(Failure::Internal, id)
        }
    }
}

/// Methods of these names change nothing, by the rules for names that the API follows (AIP-131, 132 and 231).
pub(super) fn only_reads(path: &str) -> bool {
    let method = path.rsplit('/').next().unwrap_or_default();
    ["Get", "List", "BatchGet"]
        .iter()
        .any(|verb| method.starts_with(verb))
}
