//! How many batches are worked on at once. One more is not refused, as other calls are: batches come in a row from one caller, who
//! would only send the next one again and again. It waits as the bytes it came as, since a message takes several times their memory.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Deadline;
use crate::status::Failure;

/// The places for batches.
#[derive(Debug)]
pub(crate) struct Batches(Arc<Semaphore>);

impl Batches {
    pub(crate) fn at_most(batches: usize) -> Self {
        Self(Arc::new(Semaphore::new(batches.min(Semaphore::MAX_PERMITS))))
    }

    /// Waits for a place, which is free again when it is dropped.
    ///
    /// # Errors
    /// There is none before the time is over.
    pub(super) async fn enter(&self, deadline: Deadline) -> Result<OwnedSemaphorePermit, Failure> {
        match deadline.enforce(Arc::clone(&self.0).acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(Failure::Overloaded),
        }
    }
}

/// Whether a method of this name is one, by the rules for names that the API follows (AIP-231 and 233).
pub(super) fn is_batch(method: &str) -> bool {
    method.starts_with("Batch")
}
