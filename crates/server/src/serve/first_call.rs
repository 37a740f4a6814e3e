//! Where the calls of an HTTP/2 connection run: one in the connection's own task, further ones in tasks of their own.
//!
//! Most connections have one call at a time. In a task of its own it and its connection would wake each other for each
//! part of a request and of an answer, often on another thread.

use std::pin::Pin;
use std::sync::{Arc, Mutex, Weak};
use std::task::{Context, Poll};

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use hyper::rt::Executor;

/// For one call at most, which is polled when it was woken, not whenever the connection was.
type Place = Mutex<FuturesUnordered<BoxFuture<'static, ()>>>;

/// The call that runs in the connection's task, if any. As a future it drives that call and never ends; dropped, it takes
/// the call along, as the end of a connection does with all its calls.
#[derive(Default)]
pub(super) struct FirstCall(Arc<Place>);

impl FirstCall {
    /// What hyper gives the calls of the connection to.
    pub(super) fn executor(&self) -> CallExecutor {
        CallExecutor(Arc::downgrade(&self.0))
    }
}

impl Future for FirstCall {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        // Poisoned by a call that panicked, it takes in no other.
        if let Ok(mut place) = self.0.lock() {
            while let Poll::Ready(Some(())) = place.poll_next_unpin(context) {}
        }
        Poll::Pending
    }
}

/// Runs a call in the connection's task if none runs there. It does not keep the place alive: calls hold it.
#[derive(Clone)]
pub(super) struct CallExecutor(Weak<Place>);

impl<F> Executor<F> for CallExecutor
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, call: F) {
        // The place is locked by a call that is polled and starts something beside it.
        if let Some(place) = self.0.upgrade()
            && let Ok(place) = place.try_lock()
            && place.is_empty()
        {
            place.push(Box::pin(call));
        } else {
            tokio::spawn(call);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt as _;
    use tokio::sync::oneshot;
    use tokio::task::{self, JoinHandle};
    use tokio::time::timeout;

    use super::*;

    /// Drives what is given to it, as a connection does.
    fn connection(first_call: FirstCall) -> JoinHandle<()> {
        tokio::spawn(first_call)
    }

    /// A call that says in which task it runs, waits for its answer and gives that back.
    struct Asked {
        runs: oneshot::Receiver<Option<task::Id>>,
        answer: oneshot::Sender<()>,
        done: oneshot::Receiver<()>,
    }

    fn ask(executor: &CallExecutor) -> Asked {
        let (begins, runs) = oneshot::channel();
        let (answer, answered) = oneshot::channel();
        let (ends, done) = oneshot::channel();
        executor.execute(async move {
            begins.send(task::try_id()).unwrap();
            answered.await.unwrap();
            ends.send(()).unwrap();
        });
        Asked { runs, answer, done }
    }

    async fn soon<T>(happens: impl Future<Output = T>) -> T {
        timeout(Duration::from_secs(10), happens).await.unwrap()
    }

    #[tokio::test]
    async fn one_call_runs_with_its_connection_and_others_beside_it() {
        let first_call = FirstCall::default();
        let executor = first_call.executor();
        let (first, second) = (ask(&executor), ask(&executor));
        let connection = connection(first_call);
        assert_eq!(soon(first.runs).await.unwrap(), Some(connection.id()));
        assert_ne!(soon(second.runs).await.unwrap(), Some(connection.id()));

        // Neither waits for the other.
        second.answer.send(()).unwrap();
        soon(second.done).await.unwrap();
        first.answer.send(()).unwrap();
        soon(first.done).await.unwrap();
    }

    #[tokio::test]
    async fn the_place_is_free_for_the_next_once_a_call_is_done() {
        let mut first_call = FirstCall::default();
        let executor = first_call.executor();
        for _ in 0..3 {
            let call = ask(&executor);
            assert_eq!((&mut first_call).now_or_never(), None);
            assert_eq!(
                soon(call.runs).await.unwrap(),
                None,
                "it runs where the place is polled"
            );
            call.answer.send(()).unwrap();
            assert_eq!((&mut first_call).now_or_never(), None);
            soon(call.done).await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_call_ends_with_its_connection() {
        let first_call = FirstCall::default();
        let executor = first_call.executor();
        let call = ask(&executor);
        drop(first_call);
        soon(call.done).await.unwrap_err();
        // What comes after it runs by itself.
        let late = ask(&executor);
        soon(late.runs).await.unwrap();
    }

    #[tokio::test]
    async fn what_a_call_starts_runs_beside_it() {
        let first_call = FirstCall::default();
        let executor = first_call.executor();
        let (ends, done) = oneshot::channel();
        let starting = executor.clone();
        executor.execute(async move {
            starting.execute(async move { ends.send(task::id()).unwrap() });
        });
        let connection = connection(first_call);
        assert_ne!(soon(done).await.unwrap(), connection.id());
    }
}
