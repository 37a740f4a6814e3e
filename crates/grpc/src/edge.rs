//! What every call of the API passes before its handler.

mod authentication;
mod batches;
mod caller;
pub(crate) mod deadline;
mod detached;
mod entrance;
mod in_flight;
mod in_process;
mod incoming;
mod keys;
mod limiter;
mod methods;
mod over_http;
mod panics;
mod pass;
mod rate_limit;
mod request_id;

use http::{HeaderMap, HeaderName};
use incoming::Outgoing;
use methods::Methods;
use prost::DecodeError;

use crate::Core;
use crate::status::{Failure, ViolationLimit};

pub(crate) use batches::Batches;
pub(crate) use caller::Caller;
pub(crate) use deadline::Deadline;
pub use entrance::CALL_DURATION;
pub use in_flight::REFUSED;
pub(crate) use keys::{INVALID_KEY, Keys};
pub(crate) use limiter::Limiter;
pub(crate) use over_http::enter;
pub(crate) use request_id::RequestId;

/// The edge around the services of a core. Clones share it.
#[derive(Clone)]
pub struct Edge {
    core: Core,
    methods: Methods,
}

impl Edge {
    /// The edge of this core.
    ///
    /// # Errors
    /// The descriptors of the API cannot be read: a mistake in the build.
    pub fn new(core: Core) -> Result<Self, DecodeError> {
        Ok(Self {
            core,
            methods: Methods::read()?,
        })
    }

    /// The core behind it.
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }
}

/// The answer to a call that goes no further.
fn refusal<A: Outgoing>(failure: Failure, id: RequestId) -> A {
    // The edge refuses for one reason each: the caller's violation limit plays no part.
    A::failed(failure.into_status(Some(id.0), ViolationLimit::default()))
}

/// The one value of a header: nothing if it is absent, repeated or no text.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        (Some(_), Some(_)) | (None, _) => None,
    }
}
