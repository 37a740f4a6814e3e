//! The body of an error.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, header};
use serde::Serialize;

use super::{Error, ErrorCode, Issue};
use crate::edge::RequestContext;
use crate::time;

/// What an error says beyond its message.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Details {
    /// Everything that is wrong with the request.
    Issues { issues: Vec<Issue> },
    /// The record that is in the way.
    Other { id: String },
    /// The record as it is now.
    Present { etag: String },
    /// A limit in bytes.
    Limit { limit: u64 },
    /// The rate limit, and when it takes requests again.
    #[serde(rename_all = "camelCase")]
    RateLimit {
        limit: i64,
        remaining: i64,
        retry_after: Option<String>,
    },
}

#[derive(Serialize)]
struct Envelope<'a> {
    error: Content<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    code: &'static str,
    message: &'a str,
    documentation_url: String,
    request_id: &'a str,
    timestamp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<&'a Details>,
}

impl Error {
    /// The answer. What is the service's fault is logged here, and nowhere else.
    pub(crate) fn into_response(self, context: &RequestContext) -> Response {
        if self.code.status().is_server_error() {
            let cause = self.cause.as_deref().unwrap_or_default();
            tracing::error!(
                request.id = context.id.as_str(),
                code = self.code.name(),
                cause,
                "a request failed"
            );
        }
        self.into_unlogged_response(context)
    }

    /// The answer, without a line in the log.
    pub(crate) fn into_unlogged_response(self, context: &RequestContext) -> Response {
        let Self {
            code,
            message,
            details,
            headers,
            cause: _,
        } = self;
        let envelope = Envelope {
            error: Content {
                code: code.name(),
                message: &message,
                documentation_url: format!("{}/docs/errors#{}", context.settings().base_url(), code.anchor()),
                request_id: context.id.as_str(),
                timestamp: time::iso_now(),
                details: details.as_ref(),
            },
        };
        // Strings and numbers: writing them as JSON cannot fail.
        let mut response = Response::new(Body::from(serde_json::to_vec(&envelope).unwrap_or_default()));
        *response.status_mut() = code.status();
        *response.headers_mut() = *headers;
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if code == ErrorCode::Unauthorized {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
