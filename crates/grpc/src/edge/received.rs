//! Taking in a request before it is worked on.

use axum::body::Body;
use axum::extract::Request;
use bytes::BytesMut;
use futures_util::stream;
use http_body_util::BodyExt as _;

use crate::routes::REQUEST_LIMIT;

/// What stands before a message: whether it is compressed, and its length.
const PREFIX: usize = 5;

/// The request when all of its body has come. Of one over the limit the beginning is enough: its message is refused by the length
/// that stands there.
pub(super) async fn received(request: Request) -> Request {
    let (head, mut body) = request.into_parts();
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
                return Request::from_parts(head, Body::from_stream(stream::iter(frames)));
            }
            None => break,
        }
    }
    Request::from_parts(head, Body::from(received.freeze()))
}
