//! Figures and traces of the time that goes to the database. They tell nothing of what a statement holds.

use std::collections::VecDeque;
use std::time::Instant;

use diesel::connection::{Instrumentation, InstrumentationEvent};
use tracing::Span;

use crate::statement_name::statement_name;

/// The figure of waits for a connection, in seconds; those in vain are in it too.
pub const POOL_WAIT: &str = "people_database_pool_wait_seconds";

/// The figure of statements by outcome, in seconds.
pub const STATEMENT_DURATION: &str = "people_database_statement_duration_seconds";

/// Takes the time of the statements of one connection. They are answered in their order, and one may be sent before the one
/// before it is answered.
#[derive(Debug, Default)]
pub(crate) struct Stopwatch(VecDeque<(Instant, Span)>);

impl Instrumentation for Stopwatch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            // Only where traces are exported: nothing else looks at this target.
            let span = tracing::info_span!(
                target: "trace",
                "statement",
                otel.kind = "client",
                otel.name = statement_name(query),
                otel.status_code = tracing::field::Empty,
                db.system.name = "postgresql",
            );
            // Three at most are on their way. One that its caller left has no end.
            while self.0.len() > 2 {
                self.0.pop_front();
            }
            self.0.push_back((Instant::now(), span));
        }
        if let InstrumentationEvent::FinishQuery { error, .. } = event
            && let Some((begun, span)) = self.0.pop_front()
        {
            let outcome = if error.is_some() { "error" } else { "ok" };
            if error.is_some() {
                span.record("otel.status_code", "ERROR");
            }
            metrics::histogram!(STATEMENT_DURATION, "outcome" => outcome).record(begun.elapsed());
        }
    }
}
