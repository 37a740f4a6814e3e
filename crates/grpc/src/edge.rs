//! What every call of the API passes before its handler.

pub(crate) mod authentication;
mod caller;
pub(crate) mod deadline;
pub(crate) mod detached;
pub(crate) mod entrance;
mod in_flight;
mod keys;
mod limiter;
mod methods;
pub(crate) mod panics;
pub(crate) mod rate_limit;
mod request_id;

use axum::body::Body;
use axum::response::Response;
use http::{Extensions, HeaderMap};

use crate::status::{Failure, ViolationLimit};

pub(crate) use caller::Caller;
pub(crate) use deadline::Deadline;
pub use entrance::CALL_DURATION;
pub(crate) use in_flight::InFlight;
pub use in_flight::REFUSED;
pub(crate) use keys::{INVALID_KEY, Keys};
pub(crate) use limiter::Limiter;
pub(crate) use methods::Methods;
pub(crate) use request_id::RequestId;

/// The answer of a layer that lets a call go no further.
fn refusal(failure: Failure, extensions: &Extensions) -> Response {
    let request_id = extensions.get::<RequestId>().map(|id| id.0);
    // Layers refuse for one reason each: the caller's violation limit plays no part.
    failure
        .into_status(request_id, ViolationLimit::default())
        .into_http::<Body>()
}

/// The one value of a header: nothing if it is absent, repeated or no text.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        (Some(_), Some(_)) | (None, _) => None,
    }
}
