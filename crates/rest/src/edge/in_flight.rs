//! How many requests are worked on at once; as the core does it, and for the same reasons.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The figure of requests that were refused because there were too many.
pub const REFUSED: &str = "people_rest_refused_requests_total";

/// The places for requests.
#[derive(Debug)]
pub(crate) struct InFlight(Arc<Semaphore>);

impl InFlight {
    pub(crate) fn at_most(requests: usize) -> Self {
        Self(Arc::new(Semaphore::new(requests.min(Semaphore::MAX_PERMITS))))
    }

    /// A place, if there is one.
    pub(super) fn enter(&self) -> Option<OwnedSemaphorePermit> {
        let place = Arc::clone(&self.0).try_acquire_owned().ok();
        if place.is_none() {
            metrics::counter!(REFUSED).increment(1);
        }
        place
    }
}
