//! What a caller is told of its rate limit.

use axum::response::Response;
use http::{HeaderName, HeaderValue};

use super::limiter::Allowance;
use crate::status::Exhausted;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// An answer that says what is left.
pub(super) fn told(allowance: Allowance, mut response: Response) -> Response {
    let Allowance {
        limit,
        remaining,
        reset,
    } = allowance;
    let headers = response.headers_mut();
    headers.insert(LIMIT, HeaderValue::from(limit));
    headers.insert(REMAINING, HeaderValue::from(remaining));
    headers.insert(RESET, HeaderValue::from(reset));
    response
}

impl From<Exhausted> for Allowance {
    fn from(exhausted: Exhausted) -> Self {
        let Exhausted {
            limit,
            reset,
            retry_after: _,
        } = exhausted;
        Self {
            limit,
            remaining: 0,
            reset,
        }
    }
}
