//! A task that is woken while it is polled, mostly by itself. hyper's connections are for each body of a request, and tokio
//! would put such a task at the end of its queue and wake another of its threads for it.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::task::AtomicWaker;
use tokio::task::coop::has_budget_remaining;

/// How many polls in a row, the first included; the other tasks want their turn too. A body needs one more.
const MOST: u32 = 3;

/// A future that is polled again at once when it was woken while it was polled.
pub(super) struct AtOnce<F> {
    future: Pin<Box<F>>,
    waker: Waker,
    woken: Arc<Woken>,
}

#[derive(Default)]
struct Woken {
    while_polled: AtomicBool,
    is_polled: AtomicBool,
    task: AtomicWaker,
}

impl<F> AtOnce<F> {
    pub(super) fn new(future: F) -> Self {
        let woken = Arc::new(Woken::default());
        Self {
            future: Box::pin(future),
            waker: Waker::from(Arc::clone(&woken)),
            woken,
        }
    }
}

impl<F: Future> Future for AtOnce<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let Self { future, waker, woken } = &mut *self;
        woken.task.register(context.waker());
        for _ in 0..MOST {
            woken.is_polled.store(true, Ordering::SeqCst);
            // Exchanged, not stored, as by those who wake: what any of them did before is seen by the poll.
            woken.while_polled.swap(false, Ordering::SeqCst);
            let polled = future.as_mut().poll(&mut Context::from_waker(waker));
            // Before the question: who wakes it from now on wakes the task.
            woken.is_polled.store(false, Ordering::SeqCst);
            let again = woken.while_polled.load(Ordering::SeqCst);
            if polled.is_ready() || !again {
                return polled;
            }
            // Who has had its share of the thread would only be told so.
            if !has_budget_remaining() {
                break;
            }
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.while_polled.swap(true, Ordering::SeqCst);
        if !self.is_polled.load(Ordering::SeqCst) {
            self.task.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::sync::atomic::AtomicU32;

    use super::*;

    #[derive(Default)]
    struct Count(AtomicU32);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// How often a future that wakes itself so many times is polled by one poll of its task, and how often that is woken.
    fn polled_and_woken(times: u32) -> (u32, u32) {
        let (task, mut polls) = (Arc::new(Count::default()), 0);
        let mut future = AtOnce::new(poll_fn(|context| {
            polls += 1;
            if polls <= times {
                context.waker().wake_by_ref();
            }
            Poll::<()>::Pending
        }));
        let waker = Waker::from(Arc::clone(&task));
        assert!(
            Pin::new(&mut future)
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
        drop(future);
        (polls, task.0.load(Ordering::SeqCst))
    }

    #[test]
    fn who_wakes_itself_is_polled_again_and_its_task_is_not_woken() {
        assert_eq!(polled_and_woken(0), (1, 0));
        assert_eq!(polled_and_woken(MOST - 1), (MOST, 0));
    }

    #[test]
    fn who_does_nothing_else_waits_for_its_turn() {
        assert_eq!(polled_and_woken(u32::MAX), (MOST, 1));
    }

    #[tokio::test]
    async fn who_is_woken_later_is_polled_once_more() {
        let (caller, mut answer) = tokio::sync::oneshot::channel();
        let mut polls = 0;
        let counted = poll_fn(move |context| {
            polls += 1;
            Pin::new(&mut answer).poll(context).map(|answer| (answer, polls))
        });
        let task = tokio::spawn(AtOnce::new(counted));
        tokio::task::yield_now().await;
        caller.send("answer").unwrap();
        assert_eq!(task.await.unwrap(), (Ok("answer"), 2));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn no_wake_of_another_thread_is_lost() {
        const TIMES: u32 = 100_000;
        let (ask, mut asked) = tokio::sync::mpsc::channel(1);
        let (answer, mut answered) = tokio::sync::mpsc::channel(1);
        let other = std::thread::spawn(move || {
            while asked.blocking_recv().is_some() {
                answer.blocking_send(()).unwrap();
            }
        });
        let task = tokio::spawn(AtOnce::new(async move {
            for _ in 0..TIMES {
                ask.send(()).await.unwrap();
                answered.recv().await.unwrap();
            }
        }));
        tokio::time::timeout(std::time::Duration::from_secs(60), task)
            .await
            .unwrap()
            .unwrap();
        other.join().unwrap();
    }

    #[test]
    fn what_was_woken_before_is_not_polled_twice() {
        let mut wakers = Vec::new();
        let mut future = AtOnce::new(poll_fn(|context| {
            wakers.push(context.waker().clone());
            Poll::<()>::Pending
        }));
        let mut context = Context::from_waker(Waker::noop());
        assert!(Pin::new(&mut future).poll(&mut context).is_pending());
        future.waker.wake_by_ref();
        assert!(Pin::new(&mut future).poll(&mut context).is_pending());
        drop(future);
        assert_eq!(wakers.len(), 2);
    }
}
