//! The interactive page.

use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;
use http::header;

/// Only what the service itself serves may run. Swagger UI brings styles and images inside its script.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) async fn page() -> Response {
    html(Bytes::from_static(include_bytes!("page.html")))
}

pub(super) async fn start() -> Response {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("start.js"),
    )
        .into_response()
}

/// A page that may hold nothing from elsewhere.
pub(super) fn html(page: Bytes) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(page)).into_response()
}
