//! A write that has begun is worked on to its end, whether its caller still waits or not: what it needed from others is
//! done by then, and a caller that comes back finds it done. How long it can go on is bounded by its deadline. A read
//! whose caller has left is dropped, and its statement cancelled.

use tracing::Instrument as _;

use super::incoming::Outgoing;
use super::{RequestId, refusal};
use crate::status::Failure;

/// Works on a call in a task of its own, which holds its places until it is done.
pub(super) async fn run<A, P, W>(id: RequestId, places: P, work: W) -> A
where
    A: Outgoing,
    P: Send + 'static,
    W: Future<Output = A> + Send + 'static,
{
    let work = async move {
        let answer = work.await;
        // What a call costs counts until its work is done.
        drop(places);
        answer
    };
    let work = work.instrument(tracing::Span::current());
    match tokio::spawn(work).await {
        Ok(answer) => answer,
        Err(_) => {
            tracing::error!("a call panicked");
            refusal(Failure::Internal, id)
        }
    }
}

/// Methods of these names change nothing, by the rules for names that the API follows (AIP-131, 132 and 231).
pub(super) fn only_reads(method: &str) -> bool {
    ["Get", "List", "BatchGet"]
        .iter()
        .any(|verb| method.starts_with(verb))
}
