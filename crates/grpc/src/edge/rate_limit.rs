//! The layer that counts the calls of a user.

use axum::Extension;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::limiter::Allowance;
use super::{Caller, refusal};
use crate::Core;
use crate::clock;
use crate::status::{Exhausted, Failure};

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// Refuses a call over the limit; every answer says what is left.
pub(crate) async fn count(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    request: Request,
    next: Next,
) -> Response {
    let (mut response, allowance) = match core.limiter.count(&caller, clock::epoch_seconds()).await {
        None => return next.run(request).await,
        Some(Ok(allowance)) => (next.run(request).await, allowance),
        Some(Err(exhausted)) => {
            let Exhausted {
                limit,
                reset,
                retry_after: _,
            } = exhausted;
            let nothing_left = Allowance {
                limit,
                remaining: 0,
                reset,
            };
            (
                refusal(Failure::RateLimited(exhausted), request.extensions()),
                nothing_left,
            )
        }
    };
    write(allowance, response.headers_mut());
    response
}

fn write(allowance: Allowance, headers: &mut HeaderMap) {
    let Allowance {
        limit,
        remaining,
        reset,
    } = allowance;
    headers.insert(LIMIT, HeaderValue::from(limit));
    headers.insert(REMAINING, HeaderValue::from(remaining));
    headers.insert(RESET, HeaderValue::from(reset));
}
