//! How long requests take, by route; and their traces.

use std::time::Instant;

use axum::Extension;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;
use tracing::field::Empty;

use super::RequestContext;
use super::gate::gate;

/// The figure of requests by method, route and status, in seconds.
pub const REQUEST_DURATION: &str = "people_rest_request_duration_seconds";

/// What an unknown path or method is called. Callers choose their paths, so no figure shows them.
const UNKNOWN: &str = "unknown";

/// Takes the time of a request from the [`gate`] on. They are one layer: axum copies every layer for every request.
pub(crate) async fn measure(
    path: Option<MatchedPath>,
    Extension(context): Extension<RequestContext>,
    request: Request,
    next: Next,
) -> Response {
    let begin = Instant::now();
    let (method, route) = match &path {
        Some(path) => (name(request.method()), path.as_str()),
        None => (UNKNOWN, UNKNOWN),
    };
    // Only where traces are exported: nothing else looks at this target.
    let span = tracing::info_span!(
        target: "trace",
        "http",
        otel.kind = "server",
        otel.name = format!("{method} {route}"),
        otel.status_code = Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = Empty,
        request.id = context.id.as_str(),
    );
    let response = gate(context, request, next);
    let response = response.instrument(span.clone()).await;
    // Of numbers, traces know this one.
    span.record("http.response.status_code", i64::from(response.status().as_u16()));
    if response.status().is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
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
