//! The outermost layer: a call gets its place among those that are worked on, its id and its span, and one line of the log
//! tells how it ended.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tonic::{Code, Status};
use tracing::Instrument as _;
use tracing::field::Empty;

use super::pass::pass;
use super::{InFlight, Methods, RequestId, panics, refusal, request_id};
use crate::Core;
use crate::status::{Failure, completed};

/// The figure of calls by method and code, in seconds.
pub const CALL_DURATION: &str = "people_grpc_call_duration_seconds";

/// Puts the [`RequestId`] into the call and on its answer, whatever happens.
pub(crate) async fn enter(
    State((core, methods)): State<(Core, Methods)>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = RequestId::of(request.headers());
    request.extensions_mut().insert(id);
    let Some(in_flight) = InFlight::enter(&core) else {
        let mut response = refusal(Failure::Overloaded, id);
        response.headers_mut().insert(request_id::HEADER, id.to_header());
        return response;
    };
    // The handler drops what comes with the request.
    request.extensions_mut().insert(in_flight.clone());
    let (method, traced_name) = methods.names(request.uri().path());
    let span = tracing::info_span!(
        "grpc",
        otel.name = traced_name,
        request.id = %id.0,
        code = Empty,
        otel.status_code = Empty,
    );
    // Boxed: whatever awaits a future as its argument has room for it twice.
    let work = panics::caught(id, Box::pin(pass(&core, id, request, next)));
    let response = answer(id, method, work).instrument(span).await;
    drop(in_flight);
    response
}

async fn answer(id: RequestId, method: &str, work: impl Future<Output = Response>) -> Response {
    let begin = Instant::now();
    let mut response = work.await;
    let code = complete(&mut response, id);
    response.headers_mut().insert(request_id::HEADER, id.to_header());
    if code != Code::Ok {
        fail(code);
    }
    let duration = begin.elapsed();
    let labels = [("method", method.to_owned()), ("code", format!("{code:?}"))];
    metrics::histogram!(CALL_DURATION, &labels).record(duration);
    tracing::info!(method, ?code, duration_ms = duration.as_millis(), "call");
    response
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
fn complete(response: &mut Response, id: RequestId) -> Code {
    // For a method that is not there, generated code writes the headers by hand.
    let status = match response.extensions().get::<Status>() {
        Some(status) => Some(status.clone()),
        None => Status::from_header_map(response.headers()),
    };
    // An answer without a status in its head has a message, and its status behind that.
    let Some(status) = status else { return Code::Ok };
    if let Some(completed) = completed(&status, id.0)
        && completed.add_header(response.headers_mut()).is_err()
    {
        tracing::error!("a status cannot be written as headers");
    }
    status.code()
}
