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
