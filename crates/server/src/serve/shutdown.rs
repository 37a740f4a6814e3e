//! The end of the program in good order.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Tells everybody that the program is to end. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Shutdown {
    requested: watch::Sender<bool>,
    grace: Duration,
}

impl Shutdown {
    /// Nothing is asked for yet. What runs then gets this much time.
    pub(crate) fn new(grace: Duration) -> Self {
        Self {
            requested: watch::Sender::new(false),
            grace,
        }
    }

    pub(crate) fn grace(&self) -> Duration {
        self.grace
    }

    /// Asks for it.
    pub(crate) fn request(&self) {
        self.requested.send_replace(true);
    }

    /// Waits until it is asked for.
    pub(crate) async fn requested(&self) {
        // The sender lives in self: it cannot be gone.
        let _ = self.requested.subscribe().wait_for(|requested| *requested).await;
    }
}

/// Waits until the operating system asks for an end: SIGTERM, or SIGINT (Ctrl-C).
pub(crate) async fn signalled() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
