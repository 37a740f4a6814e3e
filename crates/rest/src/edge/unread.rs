//! What of a body is unread when the answer is there. A caller that is busy sending would see its connection break in place
//! of the answer, so the rest is taken first: some of it, and for some time.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use bytes::Bytes;
use http::header;
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout, timeout_at};

/// How much is taken at most: twice as much as the largest body that is allowed anywhere.
const MOST: usize = 32 * 1024 * 1024;
/// For how long at most after the request came: whoever sends slowly has had its time.
const LONGEST: Duration = Duration::from_secs(5);
/// Who sends nothing for so long is not busy sending.
const SILENCE: Duration = Duration::from_secs(1);

/// The rest of a request's body, if the request is done before its body is.
#[derive(Debug)]
pub(super) struct Unread {
    until: Instant,
    rest: Option<oneshot::Receiver<Body>>,
}

/// A body that hands over what is left of it when it is dropped.
struct Watched {
    body: Body,
    ended: bool,
    /// Its sender waits for `100 Continue`, which goes out when the body is first asked for.
    held_back: bool,
    unread: Option<oneshot::Sender<Body>>,
}

impl Unread {
    /// Of this request, which goes on with the body that is watched.
    pub(super) fn of(request: Request) -> (Request, Self) {
        let until = Instant::now() + LONGEST;
        if request.body().is_end_stream() {
            return (request, Self { until, rest: None });
        }
        let held_back = request.headers().contains_key(header::EXPECT);
        let (unread, rest) = oneshot::channel();
        let request = request.map(|body| {
            Body::new(Watched {
                body,
                ended: false,
                held_back,
                unread: Some(unread),
            })
        });
        let rest = Some(rest);
        (request, Self { until, rest })
    }

    /// Takes it, when the request is done.
    pub(super) async fn take(self) {
        let Some(Ok(mut body)) = self.rest.map(|mut rest| rest.try_recv()) else {
            return;
        };
        let read = async {
            let mut taken = 0;
            while let Ok(Some(Ok(frame))) = timeout(SILENCE, body.frame()).await {
                taken += frame.data_ref().map_or(0, Bytes::len);
                if taken > MOST {
                    break;
                }
            }
        };
        // Whether it ended or not, the answer follows.
        let _ = timeout_at(self.until, read).await;
    }
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.held_back = false;
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.ended = matches!(frame, Poll::Ready(None | Some(Err(_))));
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if self.ended || self.held_back || self.body.is_end_stream() {
            return;
        }
        if let Some(unread) = self.unread.take() {
            let _ = unread.send(std::mem::take(&mut self.body));
        }
    }
}
