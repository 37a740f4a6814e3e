//! Figures of the time that goes to the database. They tell nothing of what a statement says or holds.

use std::time::Instant;

use diesel::connection::{Instrumentation, InstrumentationEvent};

/// The figure of waits for a connection, in seconds; those in vain are in it too.
pub const POOL_WAIT: &str = "people_database_pool_wait_seconds";

/// The figure of statements by outcome, in seconds.
pub const STATEMENT_DURATION: &str = "people_database_statement_duration_seconds";

/// Takes the time of the statements of one connection, which follow one another.
#[derive(Debug, Default)]
pub(crate) struct Stopwatch {
    begun: Option<Instant>,
}

impl Instrumentation for Stopwatch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { .. } = event {
            self.begun = Some(Instant::now());
        }
        // One that its caller left has no end.
        if let InstrumentationEvent::FinishQuery { error, .. } = event
            && let Some(begun) = self.begun.take()
        {
            let outcome = if error.is_some() { "error" } else { "ok" };
            metrics::histogram!(STATEMENT_DURATION, "outcome" => outcome).record(begun.elapsed());
        }
    }
}
