//! Where a call comes in: it gets its place among those that are worked on, its id and its span, and one line of the log
//! tells how it ended.

use std::time::Instant;

use tonic::Code;
use tracing::Instrument as _;
use tracing::field::Empty;

use super::in_flight::InFlight;
use super::incoming::{Incoming, Outgoing};
use super::methods::Method;
use super::pass::pass;
use super::{Edge, RequestId, panics, refusal, request_id};
use crate::status::{Failure, completed};

/// The figure of calls by method and code, in seconds.
pub const CALL_DURATION: &str = "people_grpc_call_duration_seconds";

impl Edge {
    /// Has a call worked on, and puts its [`RequestId`] on the answer, whatever happens.
    pub(super) async fn enter<C, A, W>(
        &self,
        method: &Method,
        call: C,
        service: impl FnOnce(C) -> W + Send + 'static,
    ) -> A
    where
        C: Incoming,
        A: Outgoing,
        W: Future<Output = A> + Send + 'static,
    {
        let id = RequestId::of(call.headers());
        let Some(in_flight) = InFlight::enter(&self.core) else {
            let mut answer: A = refusal(Failure::Overloaded, id);
            answer.headers_mut().insert(request_id::HEADER, id.to_header());
            return answer;
        };
        let span = tracing::info_span!(
            "grpc",
            otel.name = method.traced_name,
            request.id = %id.0,
            code = Empty,
            otel.status_code = Empty,
        );
        // Boxed: whatever awaits a future as its argument has room for it twice.
        let work = panics::caught(
            id,
            Box::pin(pass(&self.core, id, in_flight.clone(), method, call, service)),
        );
        let answer = answer(id, &method.name, work).instrument(span).await;
        drop(in_flight);
        answer
    }
}

async fn answer<A: Outgoing>(id: RequestId, method: &str, work: impl Future<Output = A>) -> A {
    let begin = Instant::now();
    let mut answer = work.await;
    let code = complete(&mut answer, id);
    answer.headers_mut().insert(request_id::HEADER, id.to_header());
    if code != Code::Ok {
        fail(code);
    }
    let duration = begin.elapsed();
    let labels = [("method", method.to_owned()), ("code", format!("{code:?}"))];
    metrics::histogram!(CALL_DURATION, &labels).record(duration);
    tracing::info!(method, ?code, duration_ms = duration.as_millis(), "call");
    answer
}

/// Marks the call in its trace; that it was the service's fault in particular.
fn fail(code: Code) {
    let span = tracing::Span::current();
    span.record("code", tracing::field::debug(code));
    if matches!(
        code,
        Code::Unknown | Code::DeadlineExceeded | Code::Internal | Code::Unavailable | Code::DataLoss
    ) {
        span.record("otel.status_code", "ERROR");
    }
}

/// Sees to it that a failure has details, whoever made it.
fn complete(answer: &mut impl Outgoing, id: RequestId) -> Code {
    let Some(status) = answer.failure() else {
        return Code::Ok;
    };
    let code = status.code();
    if let Some(completed) = completed(&status, id.0) {
        answer.restate(completed);
    }
    code
}
