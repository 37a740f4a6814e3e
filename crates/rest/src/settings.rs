//! What the operator decides about the facade.

use std::time::Duration;

/// What the operator decides about the facade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where callers reach the service, scheme and host and perhaps a path: links in answers begin with it. A slash at
    /// its end is ignored.
    pub public_url: String,
    /// The largest request body in bytes, at most [`Settings::MOST_BODY_LIMIT`]; a larger one is answered 413.
    pub body_limit: usize,
    /// How long a call to the core may take before it is answered 503, and how long a request body may take to arrive.
    pub timeout: Duration,
    /// The most requests that are worked on at once; one more is answered 503.
    pub max_in_flight: usize,
    /// The most batches that are worked on at once; others wait, for as long as [`Settings::timeout`] with their bodies.
    pub max_batches: usize,
    /// Whether `/docs` and `/openapi.json` are served.
    pub docs: bool,
}

impl Settings {
    /// The default of [`Settings::body_limit`]: a person with every list full of long texts stays well below.
    pub const BODY_LIMIT: usize = 2 * 1024 * 1024;
    /// What no body may be larger than, since no message to the core may: a thousand people of the usual size, with room.
    pub const MOST_BODY_LIMIT: usize = 16 * 1024 * 1024;
    /// The default of [`Settings::timeout`].
    pub const TIMEOUT: Duration = Duration::from_secs(10);

    /// The default of [`Settings::max_in_flight`].
    pub const MAX_IN_FLIGHT: usize = 512;
    /// The default of [`Settings::max_batches`].
    pub const MAX_BATCHES: usize = 16;

    /// The defaults for a service that is reached at this address.
    #[must_use]
    pub fn new(public_url: impl Into<String>) -> Self {
        Self {
            public_url: public_url.into(),
            body_limit: Self::BODY_LIMIT,
            timeout: Self::TIMEOUT,
            max_in_flight: Self::MAX_IN_FLIGHT,
            max_batches: Self::MAX_BATCHES,
            docs: true,
        }
    }

    /// [`Settings::public_url`] without a slash at its end.
    pub(crate) fn base_url(&self) -> &str {
        self.public_url.trim_end_matches('/')
    }
}
