//! A call that has begun is worked on to its end, whether its caller still waits or not: dropped in the middle it would
//! leave a transaction open, with its locks, on a connection that others get. How long it can go on is bounded by the
//! statement timeout.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::refusal;
use crate::status::Failure;

/// Works on a call in a task of its own.
pub(crate) async fn run(request: Request, next: Next) -> Response {
    let extensions = request.extensions().clone();
    let work = next.run(request).instrument(tracing::Span::current());
    match tokio::spawn(work).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a call panicked");
            refusal(Failure::Internal, &extensions)
        }
    }
}
