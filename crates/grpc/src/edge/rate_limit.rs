//! What a caller is told of its rate limit.

use http::{HeaderName, HeaderValue};

use super::incoming::Outgoing;
use super::limiter::Allowance;
use crate::status::Exhausted;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// An answer that says what is left.
pub(super) fn told<A: Outgoing>(allowance: Allowance, mut answer: A) -> A {
    let Allowance {
        limit,
        remaining,
        reset,
    } = allowance;
    let headers = answer.headers_mut();
    headers.insert(LIMIT, HeaderValue::from(limit));
    headers.insert(REMAINING, HeaderValue::from(remaining));
    headers.insert(RESET, HeaderValue::from(reset));
    answer
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
