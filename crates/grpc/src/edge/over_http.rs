//! Calls that come as HTTP.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use bytes::BytesMut;
use futures_util::stream;
use http::{Extensions, HeaderMap};
use http_body_util::BodyExt as _;
use tonic::Status;

use super::Edge;
use super::incoming::{Incoming, Outgoing};
use crate::routes::REQUEST_LIMIT;

/// What stands before a message: whether it is compressed, and its length.
const PREFIX: usize = 5;

/// The layer around the services.
pub(crate) async fn enter(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let method = edge.methods.at(request.uri().path());
    edge.enter(method, request, |request| next.run(request)).await
}

impl Incoming for Request {
    fn headers(&self) -> &HeaderMap {
        self.headers()
    }

    fn extensions_mut(&mut self) -> &mut Extensions {
        self.extensions_mut()
    }

    /// Of a body over the limit the beginning is enough: its message is refused by the length that stands there.
    async fn received(self) -> Self {
        let (head, mut body) = self.into_parts();
        let mut received = BytesMut::new();
        while received.len() <= PREFIX + REQUEST_LIMIT {
            match body.frame().await {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        received.extend_from_slice(&data);
                    }
                }
                // The handler sees it break off where it did.
                Some(Err(error)) => {
                    let frames = [Ok(received.freeze()), Err(error)];
                    return Self::from_parts(head, Body::from_stream(stream::iter(frames)));
                }
                None => break,
            }
        }
        Self::from_parts(head, Body::from(received.freeze()))
    }
}

impl Outgoing for Response {
    fn failed(status: Status) -> Self {
        status.into_http()
    }

    fn failure(&self) -> Option<Status> {
        // An answer without a status in its head has a message, and its status behind that. For a method that is not there,
        // generated code writes the headers by hand.
        match self.extensions().get::<Status>() {
            Some(status) => Some(status.clone()),
            None => Status::from_header_map(self.headers()),
        }
    }

    fn restate(&mut self, status: Status) {
        if status.add_header(self.headers_mut()).is_err() {
            tracing::error!("a status cannot be written as headers");
        }
    }

    fn headers_mut(&mut self) -> &mut HeaderMap {
        self.headers_mut()
    }
}
