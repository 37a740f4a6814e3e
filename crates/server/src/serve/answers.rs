//! Answers on their way to a client. Over HTTP/2 a client may go on reading and yet open no window on a stream: what waits
//! there is held in memory, and nothing is stuck that a socket would know of.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use axum::body::Body;
use http::Response;
use hyper::body::{Bytes, Frame, SizeHint};

/// The most that is handed on at once. It is a frame of HTTP/2: the next one is asked for when there is a window for it.
const PIECE: usize = 16 * 1024;

/// The answers of one connection that are not yet taken. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers(Arc<Mutex<OnTheirWay>>);

#[derive(Debug, Default)]
struct OnTheirWay {
    next: u64,
    /// When a piece of each was last taken.
    moved: HashMap<u64, Instant>,
}

/// The body of an answer, a piece at a time; on its way until it is dropped.
#[derive(Debug)]
pub(super) struct InPieces {
    body: Body,
    /// What of the last frame is left.
    rest: Bytes,
    number: u64,
    answers: Answers,
}

impl Answers {
    /// Puts an answer on its way.
    pub(super) fn send(&self, answer: Response<Body>) -> Response<InPieces> {
        answer.map(|body| {
            let mut all = self.all();
            let number = all.next;
            all.next += 1;
            all.moved.insert(number, Instant::now());
            InPieces {
                body,
                rest: Bytes::new(),
                number,
                answers: self.clone(),
            }
        })
    }

    /// Ends when the client has taken nothing of one of its answers for so long, give or take a quarter.
    pub(super) async fn left_lying(&self, patience: Duration) {
        loop {
            tokio::time::sleep(patience / 4).await;
            let oldest = self.all().moved.values().min().copied();
            if oldest.is_some_and(|moved| moved.elapsed() > patience) {
                return;
            }
        }
    }

    fn all(&self) -> MutexGuard<'_, OnTheirWay> {
        // Nothing that can panic is done while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InPieces {
    fn piece(&mut self) -> Bytes {
        self.rest.split_to(PIECE.min(self.rest.len()))
    }
}

impl hyper::body::Body for InPieces {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let number = self.number;
        self.answers.all().moved.insert(number, Instant::now());
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(self.piece()))));
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(match frame {
            Some(Ok(frame)) => Some(Ok(match frame.into_data() {
                Ok(data) => {
                    self.rest = data;
                    Frame::data(self.piece())
                }
                Err(trailers) => trailers,
            })),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut all = SizeHint::new();
        all.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            all.set_upper(upper + rest);
        }
        all
    }
}

impl Drop for InPieces {
    fn drop(&mut self) {
        self.answers.all().moved.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;
    use hyper::body::Body as _;

    use super::*;

    #[tokio::test]
    async fn an_answer_arrives_whole_in_pieces() {
        let answers = Answers::default();
        let text: Vec<u8> = (0..100_000).map(|number| (number % 251) as u8).collect();
        let mut body = answers.send(Response::new(Body::from(text.clone()))).into_body();
        let mut taken = Vec::new();
        while let Some(frame) = body.frame().await {
            assert_eq!(
                body.size_hint().exact(),
                Some(
                    (text.len() - taken.len()) as u64
                        - frame.as_ref().unwrap().data_ref().unwrap().len() as u64
                )
            );
            let data = frame.unwrap().into_data().unwrap();
            assert!(data.len() <= PIECE);
            taken.extend_from_slice(&data);
        }
        assert!(body.is_end_stream());
        assert_eq!(taken, text);
    }

    #[tokio::test]
    async fn it_is_told_when_one_is_left_lying_and_only_then() {
        let patience = Duration::from_millis(40);
        let answers = Answers::default();
        let waiting = |answers: &Answers| {
            let answers = answers.clone();
            async move { tokio::time::timeout(Duration::from_millis(400), answers.left_lying(patience)).await }
        };
        assert!(waiting(&answers).await.is_err(), "there is none");
        let body = answers.send(Response::new(Body::from("text"))).into_body();
        std::thread::sleep(patience * 2);
        assert!(waiting(&answers).await.is_ok());
        drop(body);
        assert!(waiting(&answers).await.is_err(), "it is gone");
    }
}
