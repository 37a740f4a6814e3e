//! The outermost layer: a request gets its place among those that are worked on and its id, and a panic becomes an answer.

use std::panic::AssertUnwindSafe;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt as _;
use http::{StatusCode, header};

use super::unread::Unread;
use super::{App, RequestContext, RequestId, request_id};
use crate::error::Error;

/// Puts the [`RequestContext`] into the request and its id on the answer, whatever happens.
pub(crate) async fn entrance(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers());
    let context = RequestContext { id: id.clone(), app };
    request.extensions_mut().insert(context.clone());
    let Some(_in_flight) = context.app.in_flight.enter() else {
        // Nothing else is done for it: its body is not read.
        let mut response = Error::overloaded().into_unlogged_response(&context);
        response.headers_mut().insert(request_id::HEADER, id.to_header());
        return response;
    };
    let (request, unread) = Unread::of(request);
    // Nothing that a panic could leave half done outlives the request.
    let mut response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Error::internal("a request handler panicked").into_response(&context),
    };
    unread.take().await;
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        // The router adds it to whatever answers a wrong method, to a 401 too.
        response.headers_mut().remove(header::ALLOW);
    }
    response.headers_mut().insert(request_id::HEADER, id.to_header());
    response
}
