//! Doing together what is asked for at the same time. What arrives while the same kind of work runs for others waits for
//! it, and then goes together; what arrives alone goes at once. So nothing is ever held up to make a batch, and the
//! busier the service, the less each call costs the database.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use tokio::sync::oneshot;
use tracing::{Instrument as _, Span};

/// The figure of how many jobs went together.
pub const GATHERED: &str = "people_gathered_jobs";
/// The figure of how many jobs wait to go.
pub const WAITING: &str = "people_gathering_waiting_jobs";

/// Work that costs less together.
pub(crate) trait Together: Send + Sync + 'static {
    /// What only jobs that go together share.
    type Key: Clone + Eq + Hash + Send + 'static;
    /// What one caller asks for.
    type Job: Send + 'static;
    /// What one caller gets.
    type Answer: Send + 'static;

    /// What the work is called in the metrics.
    const NAME: &'static str;
    /// Whether it may stop half-way. It does when all who wait for it have left.
    const ONLY_READS: bool;
    /// The most jobs of a batch. More would make the first of them wait for long, and gain little.
    const MOST: usize = 64;

    /// How many batches of one key run at once: while one waits for the disk, the other is worked on. With four the batches of
    /// 32 callers are half as large, and a create costs PostgreSQL a quarter more.
    fn lanes(&self) -> usize {
        2
    }

    /// Does the jobs of a batch; an answer for each, in their order. No job may fail for the sake of another.
    fn run(&self, key: Self::Key, jobs: Vec<Self::Job>) -> impl Future<Output = Vec<Self::Answer>> + Send;
}

/// The jobs that wait. Clones share them.
pub(crate) struct Gathering<T: Together>(Arc<Shared<T>>);

struct Shared<T: Together> {
    together: T,
    queues: Mutex<HashMap<T::Key, Queue<T>>>,
}

struct Queue<T: Together> {
    waiting: Vec<Waiting<T>>,
    lanes: usize,
}

struct Waiting<T: Together> {
    job: T::Job,
    caller: oneshot::Sender<T::Answer>,
    span: Span,
}

impl<T: Together> Clone for Gathering<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Together> Gathering<T> {
    pub(crate) fn new(together: T) -> Self {
        Self(Arc::new(Shared {
            together,
            queues: Mutex::default(),
        }))
    }

    /// Has a job done. The callers are bounded, and so is what waits. No answer means that the work panicked.
    pub(crate) async fn ask(&self, key: T::Key, job: T::Job) -> Option<T::Answer> {
        let (caller, answer) = oneshot::channel();
        let span = Span::current();
        metrics::gauge!(WAITING, "work" => T::NAME).increment(1);
        if self.enqueue(key.clone(), Waiting { job, caller, span }) {
            tokio::spawn(self.clone().work(key));
        }
        answer.await.ok()
    }

    /// Whether there is a lane free for it.
    fn enqueue(&self, key: T::Key, waiting: Waiting<T>) -> bool {
        let mut queues = self.queues();
        let queue = queues.entry(key).or_insert_with(|| Queue {
            waiting: Vec::new(),
            lanes: 0,
        });
        queue.waiting.push(waiting);
        let free = queue.lanes < self.0.together.lanes();
        queue.lanes += usize::from(free);
        free
    }

    async fn work(self, key: T::Key) {
        while let Some(batch) = self.next(&key) {
            count_gone::<T>(batch.len());
            metrics::histogram!(GATHERED, "work" => T::NAME)
                .record(u32::try_from(batch.len()).unwrap_or(u32::MAX));
            self.run(key.clone(), batch).await;
            if self.is_waited_for(&key) {
                // Those who are about to ask come along: a larger batch costs everybody less. Without need, tokio would wake
                // another of its threads.
                tokio::task::yield_now().await;
            }
        }
    }

    fn is_waited_for(&self, key: &T::Key) -> bool {
        self.queues()
            .get(key)
            .is_some_and(|queue| !queue.waiting.is_empty())
    }

    /// What goes next; with nothing to do the lane ends.
    fn next(&self, key: &T::Key) -> Option<Vec<Waiting<T>>> {
        let mut queues = self.queues();
        let Entry::Occupied(mut queue) = queues.entry(key.clone()) else {
            return None;
        };
        let waiting = &mut queue.get_mut().waiting;
        if T::ONLY_READS {
            let all = waiting.len();
            waiting.retain(|waiting| !waiting.caller.is_closed());
            count_gone::<T>(all - waiting.len());
        }
        if !waiting.is_empty() {
            let count = waiting.len().min(T::MOST);
            return Some(waiting.drain(..count).collect());
        }
        queue.get_mut().lanes -= 1;
        if queue.get().lanes == 0 {
            queue.remove();
        }
        None
    }

    async fn run(&self, key: T::Key, batch: Vec<Waiting<T>>) {
        // The work is part of the first caller's call; the others point to it.
        let first = batch.first().map(|waiting| waiting.span.clone());
        let span = tracing::info_span!(parent: first.unwrap_or_else(Span::none), "together", work = T::NAME, jobs = batch.len());
        let mut jobs = Vec::with_capacity(batch.len());
        let mut callers = Vec::with_capacity(batch.len());
        for Waiting {
            job,
            caller,
            span: of,
        } in batch
        {
            span.follows_from(of.id());
            jobs.push(job);
            callers.push(caller);
        }
        let work = self.0.together.run(key, jobs).instrument(span);
        let work = AssertUnwindSafe(work).catch_unwind();
        let done = if T::ONLY_READS {
            let left = join_all(callers.iter_mut().map(oneshot::Sender::closed));
            tokio::select! {
                biased;
                _ = left => return,
                done = work => done,
            }
        } else {
            work.await
        };
        match done {
            Ok(answers) => {
                for (caller, answer) in callers.into_iter().zip(answers) {
                    // A caller that has left needs none.
                    let _ = caller.send(answer);
                }
            }
            Err(_) => tracing::error!(work = T::NAME, "work that was gathered panicked"),
        }
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<T::Key, Queue<T>>> {
        // Nothing that holds the lock can panic half-way.
        self.0.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts jobs that no longer wait.
fn count_gone<T: Together>(jobs: usize) {
    metrics::gauge!(WAITING, "work" => T::NAME).decrement(u32::try_from(jobs).unwrap_or(u32::MAX));
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::Semaphore;

    use super::*;

    /// Doubles numbers, when it is let to, and notes how many went together.
    struct Doubling<const ONLY_READS: bool> {
        gate: Arc<Semaphore>,
        batches: Arc<Mutex<Vec<usize>>>,
    }

    impl<const ONLY_READS: bool> Together for Doubling<ONLY_READS> {
        type Key = &'static str;
        type Job = u32;
        type Answer = u32;
        const NAME: &'static str = "doubling";
        const ONLY_READS: bool = ONLY_READS;

        async fn run(&self, _: &'static str, jobs: Vec<u32>) -> Vec<u32> {
            self.batches.lock().unwrap().push(jobs.len());
            self.gate.acquire().await.unwrap().forget();
            assert!(!jobs.contains(&1313), "an unlucky number");
            jobs.into_iter().map(|job| job * 2).collect()
        }
    }

    struct Tried<const ONLY_READS: bool = true> {
        gathering: Gathering<Doubling<ONLY_READS>>,
        gate: Arc<Semaphore>,
        batches: Arc<Mutex<Vec<usize>>>,
    }

    fn tried<const ONLY_READS: bool>() -> Tried<ONLY_READS> {
        let (gate, batches) = (Arc::new(Semaphore::new(0)), Arc::default());
        let doubling = Doubling {
            gate: Arc::clone(&gate),
            batches: Arc::clone(&batches),
        };
        Tried {
            gathering: Gathering::new(doubling),
            gate,
            batches,
        }
    }

    impl<const ONLY_READS: bool> Tried<ONLY_READS> {
        fn ask(&self, key: &'static str, number: u32) -> tokio::task::JoinHandle<Option<u32>> {
            let gathering = self.gathering.clone();
            tokio::spawn(async move { gathering.ask(key, number).await })
        }

        async fn until_waiting(&self, key: &str, count: usize) {
            while self.gathering.queues()[key].waiting.len() < count {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }

        async fn until_nothing_is_kept(&self) {
            while !self.gathering.queues().is_empty() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }

        async fn until_batches(&self, count: usize) {
            while self.batches.lock().unwrap().len() < count {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    }

    #[tokio::test]
    async fn the_first_go_at_once_and_those_behind_them_together() {
        const MOST: usize = <Doubling<true> as Together>::MOST;
        let tried: Tried = tried();
        let mut asked = vec![tried.ask("a", 0)];
        tried.until_batches(1).await;
        asked.push(tried.ask("a", 1));
        tried.until_batches(2).await;
        asked.extend((2..100).map(|number| tried.ask("a", number)));
        tried.until_waiting("a", 98).await;
        tried.gate.add_permits(100);
        for (number, answer) in (0..).zip(asked) {
            assert_eq!(answer.await.unwrap(), Some(number * 2));
        }
        let mut batches = tried.batches.lock().unwrap().clone();
        batches.sort_unstable();
        assert_eq!(batches, [1, 1, 98 - MOST, MOST]);
        tried.until_nothing_is_kept().await;
    }

    #[tokio::test]
    async fn another_key_does_not_wait() {
        let tried: Tried = tried();
        let first = tried.ask("a", 1);
        tried.until_batches(1).await;
        let other = tried.ask("b", 2);
        tried.until_batches(2).await;
        tried.gate.add_permits(2);
        assert_eq!(first.await.unwrap(), Some(2));
        assert_eq!(other.await.unwrap(), Some(4));
    }

    #[tokio::test]
    async fn a_panic_ends_its_own_batch_only() {
        let tried: Tried = tried();
        tried.gate.add_permits(10);
        assert_eq!(tried.ask("a", 1313).await.unwrap(), None);
        assert_eq!(tried.ask("a", 1).await.unwrap(), Some(2));
        tried.until_nothing_is_kept().await;
    }

    #[tokio::test]
    async fn what_writes_goes_on_when_its_callers_have_left() {
        let tried: Tried<false> = tried();
        let left = tried.ask("a", 1);
        tried.until_batches(1).await;
        left.abort();
        let stays = tried.ask("a", 2);
        tried.until_batches(2).await;
        tried.gate.add_permits(2);
        assert_eq!(stays.await.unwrap(), Some(4));
        tried.until_nothing_is_kept().await;
        assert_eq!(tried.gate.available_permits(), 0, "both were let through");
    }

    #[tokio::test]
    async fn what_only_reads_ends_when_all_its_callers_have_left() {
        let tried: Tried = tried();
        let alone = tried.ask("a", 1);
        tried.until_batches(1).await;
        let other = tried.ask("a", 2);
        tried.until_batches(2).await;
        let [goes, leaves, stays] = [3, 4, 5].map(|number| tried.ask("a", number));
        tried.until_waiting("a", 3).await;
        goes.abort();
        assert!(goes.await.unwrap_err().is_cancelled());
        alone.abort();
        tried.until_batches(3).await;
        assert_eq!(
            tried.batches.lock().unwrap().last(),
            Some(&2),
            "who has left before takes no place"
        );
        leaves.abort();
        tried.gate.add_permits(2);
        assert_eq!(stays.await.unwrap(), Some(10));
        assert_eq!(other.await.unwrap(), Some(4));
        tried.until_nothing_is_kept().await;
    }
}
