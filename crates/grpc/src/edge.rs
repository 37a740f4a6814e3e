//! What every call of the API passes before its handler.

mod authentication;
mod batches;
mod caller;
pub(crate) mod deadline;
mod detached;
pub(crate) mod entrance;
mod in_flight;
mod keys;
mod limiter;
mod methods;
mod panics;
mod pass;
mod rate_limit;
mod received;
mod request_id;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderName};

use crate::status::{Failure, ViolationLimit};

pub(crate) use batches::Batches;
pub(crate) use caller::Caller;
pub(crate) use deadline::Deadline;
pub use entrance::CALL_DURATION;
pub(crate) use in_flight::InFlight;
pub use in_flight::REFUSED;
pub(crate) use keys::{INVALID_KEY, Keys};
pub(crate) use limiter::Limiter;
pub(crate) use methods::Methods;
pub(crate) use request_id::RequestId;

/// The answer to a call that goes no further.
fn refusal(failure: Failure, id: RequestId) -> Response {
    // The edge refuses for one reason each: the caller's violation limit plays no part.
    failure
        .into_status(Some(id.0), ViolationLimit::default())
        .into_http::<Body>()
}

/// The one value of a header: nothing if it is absent, repeated or no text.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        (Some(_), Some(_)) | (None, _) => None,
    }
}
