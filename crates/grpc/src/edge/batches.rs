//! How many batches are worked on at once. Others wait before their messages are read: a message takes several times the memory
//! of its bytes, and with more of them than the database can work on nobody is done earlier.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places for batches.
#[derive(Debug)]
pub(crate) struct Batches(Arc<Semaphore>);

impl Batches {
    pub(crate) fn at_most(batches: usize) -> Self {
        Self(Arc::new(Semaphore::new(batches.min(Semaphore::MAX_PERMITS))))
    }

    /// Waits for a place, which is free again when it is dropped.
    pub(super) async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        // Nothing closes it.
        Arc::clone(&self.0).acquire_owned().await.ok()
    }
}

/// Whether it is a batch, by the rules for names that the API follows (AIP-231 and 233).
pub(super) fn is_batch(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|method| method.starts_with("Batch"))
}
