//! How many calls are worked on at once. Whoever comes when there are as many as may be is refused at once: a queue would
//! only make all of them late. A refusal must cost next to nothing, or refusing takes the time of the good answers, so this
//! comes before everything else and leaves no line in the log.

use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;

use crate::Core;

/// The figure of calls that were refused because there were too many.
pub const REFUSED: &str = "people_grpc_refused_calls_total";

/// A place among the calls that are worked on; free again when the last clone is dropped.
#[derive(Debug, Clone)]
pub(crate) struct InFlight {
    _permit: Arc<OwnedSemaphorePermit>,
}

impl InFlight {
    /// A place, if there is one.
    pub(super) fn enter(core: &Core) -> Option<Self> {
        match Arc::clone(&core.in_flight).try_acquire_owned() {
            Ok(permit) => Some(Self {
                _permit: Arc::new(permit),
            }),
            Err(_) => {
                metrics::counter!(REFUSED).increment(1);
                None
            }
        }
    }
}
