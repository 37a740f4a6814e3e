//! Answers on their way to a client. Over HTTP/2 a client may go on reading and yet open no window on a stream: what waits
//! there is held in memory, and nothing is stuck that a socket would know of.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Body;
use http::Response;
use hyper::body::{Buf, Bytes, Frame, SizeHint};

/// The most that is handed on at once, a frame of HTTP/2.
const PIECE: usize = 16 * 1024;

/// What of the answers of one connection waits for the client. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    next: u64,
    /// Since when each part does.
    since: HashMap<u64, Instant>,
}

/// A part that waits, until it is dropped.
#[derive(Debug)]
struct Part {
    number: u64,
    answers: Answers,
}

/// The body of an answer, a piece at a time.
#[derive(Debug)]
pub(super) struct InPieces {
    body: Body,
    /// What of the last frame is left.
    rest: Bytes,
    /// Waits for being asked for more; not while it waits for more itself.
    part: Option<Part>,
    answers: Answers,
}

/// A piece of an answer, which waits until all of it is written.
#[derive(Debug)]
pub(super) struct Piece {
    bytes: Bytes,
    part: Part,
}

impl Answers {
    /// Puts an answer on its way.
    pub(super) fn send(&self, answer: Response<Body>) -> Response<InPieces> {
        answer.map(|body| InPieces {
            body,
            rest: Bytes::new(),
            part: Some(self.part()),
            answers: self.clone(),
        })
    }

    /// Ends when something has waited for the client for so long, give or take a quarter.
    pub(super) async fn left_lying(&self, patience: Duration) {
        loop {
            tokio::time::sleep(patience / 4).await;
            let oldest = self.waiting().since.values().min().copied();
            if oldest.is_some_and(|since| since.elapsed() > patience) {
                return;
            }
        }
    }

    fn part(&self) -> Part {
        let mut waiting = self.waiting();
        let number = waiting.next;
        waiting.next += 1;
        waiting.since.insert(number, Instant::now());
        drop(waiting);
        Part {
            number,
            answers: self.clone(),
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // Nothing that can panic is done while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.answers.waiting().since.remove(&self.number);
    }
}

impl InPieces {
    fn piece(&mut self) -> Frame<Piece> {
        Frame::data(Piece {
            bytes: self.rest.split_to(PIECE.min(self.rest.len())),
            part: self.answers.part(),
        })
    }
}

impl hyper::body::Body for InPieces {
    type Data = Piece;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Piece>, axum::Error>>> {
        self.part = None;
        if self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(frame) => {
                        let trailers = frame.into_trailers().unwrap_or_default();
                        return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
                    }
                },
            }
        }
        let piece = self.piece();
        self.part = Some(self.answers.part());
        Poll::Ready(Some(Ok(piece)))
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

impl Buf for Piece {
    fn remaining(&self) -> usize {
        self.bytes.remaining()
    }

    fn chunk(&self) -> &[u8] {
        self.bytes.chunk()
    }

    fn advance(&mut self, count: usize) {
        self.bytes.advance(count);
        let Part { number, answers } = &self.part;
        answers.waiting().since.insert(*number, Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
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
            let mut data = frame.unwrap().into_data().unwrap();
            assert!(data.remaining() <= PIECE);
            taken.extend_from_slice(&data.copy_to_bytes(data.remaining()));
            assert_eq!(body.size_hint().exact(), Some((text.len() - taken.len()) as u64));
        }
        assert!(body.is_end_stream());
        assert_eq!(taken, text);
    }

    async fn is_left_lying(answers: &Answers) -> bool {
        let patience = Duration::from_millis(40);
        std::thread::sleep(patience * 2);
        let waiting = answers.left_lying(patience);
        tokio::time::timeout(Duration::from_millis(200), waiting)
            .await
            .is_ok()
    }

    #[tokio::test]
    async fn it_is_told_when_a_part_is_left_lying() {
        let answers = Answers::default();
        assert!(!is_left_lying(&answers).await, "there is none");
        let mut body = answers.send(Response::new(Body::from("text"))).into_body();
        assert!(is_left_lying(&answers).await, "nobody asks for it");
        let piece = body.frame().await.unwrap().unwrap();
        drop(body);
        assert!(is_left_lying(&answers).await, "it is not written");
        drop(piece);
        assert!(!is_left_lying(&answers).await, "it is gone");
    }

    #[tokio::test]
    async fn who_waits_for_the_service_is_not_meant() {
        let answers = Answers::default();
        let endless = Body::from_stream(stream::pending::<Result<Bytes, axum::Error>>());
        let mut body = answers.send(Response::new(endless)).into_body();
        let asked = tokio::time::timeout(Duration::from_millis(10), body.frame()).await;
        assert!(asked.is_err());
        assert!(!is_left_lying(&answers).await);
    }
}
