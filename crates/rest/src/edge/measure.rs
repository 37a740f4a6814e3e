//! How long requests take, by route.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

/// The figure of requests by method, route and status, in seconds.
pub const REQUEST_DURATION: &str = "people_rest_request_duration_seconds";

/// What an unknown path or method is called. Callers choose their paths, so no figure shows them.
const UNKNOWN: &str = "unknown";

/// Takes the time of a request.
pub(crate) async fn measure(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let method = name(request.method());
    let response = next.run(request).await;
    let (method, route) = match &path {
        Some(path) => (method, path.as_str()),
        None => (UNKNOWN, UNKNOWN),
    };
    let labels = [
        ("method", method.to_owned()),
        ("route", route.to_owned()),
        ("status", response.status().as_u16().to_string()),
    ];
    metrics::histogram!(REQUEST_DURATION, &labels).record(begin.elapsed());
    response
}

/// Callers may make up methods, too.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => UNKNOWN,
    }
}
