//! How long requests take, by route.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// The figure of requests by method, route and status, in seconds.
pub const REQUEST_DURATION: &str = "people_rest_request_duration_seconds";

/// What an unknown path is called. Callers choose their paths, so no figure shows them.
const UNKNOWN: &str = "unknown";

/// Takes the time of a request.
pub(crate) async fn measure(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let method = request.method().as_str().to_owned();
    let response = next.run(request).await;
    let route = path.map_or_else(|| UNKNOWN.to_owned(), |path| path.as_str().to_owned());
    let labels = [
        (
            "method",
            if route == UNKNOWN {
                UNKNOWN.to_owned()
            } else {
                method
            },
        ),
        ("route", route),
        ("status", response.status().as_u16().to_string()),
    ];
    metrics::histogram!(REQUEST_DURATION, &labels).record(begin.elapsed());
    response
}
