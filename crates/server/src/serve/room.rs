//! Room for so many connections. When it is full those who came first make place, so that nobody can keep others out by
//! holding connections.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Who is in the middle of a request ends only after it; the next one may be faster.
const BETWEEN_REQUESTS_TO_LEAVE: Duration = Duration::from_millis(10);

/// Room for connections. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Room {
    places: Arc<Semaphore>,
    most: usize,
    closing: Arc<AtomicBool>,
    guests: Arc<Mutex<Guests>>,
}

#[derive(Debug, Default)]
struct Guests {
    next: u64,
    /// Those who were not asked to leave yet, in the order in which they came.
    staying: BTreeMap<u64, Arc<Notify>>,
}

/// A place in the room, free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    number: u64,
    asked: Arc<Notify>,
    room: Room,
    _permit: OwnedSemaphorePermit,
}

impl Room {
    pub(super) fn for_as_many_as(most: usize) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(most)),
            most,
            closing: Arc::default(),
            guests: Arc::default(),
        }
    }

    /// A place, as soon as there is one.
    pub(super) async fn enter(&self) -> Place {
        loop {
            if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
                return self.place(permit);
            }
            self.ask_the_first();
            let place = Arc::clone(&self.places).acquire_owned();
            if let Ok(Ok(permit)) = timeout(BETWEEN_REQUESTS_TO_LEAVE, place).await {
                return self.place(permit);
            }
        }
    }

    /// Asks everybody to leave, and waits until they have.
    pub(super) async fn empty(&self) {
        self.closing.store(true, Ordering::Relaxed);
        while self.ask_the_first() {}
        let all = self
            .places
            .acquire_many(u32::try_from(self.most).unwrap_or(u32::MAX));
        // Closed it is never.
        let _ = all.await;
    }

    fn place(&self, permit: OwnedSemaphorePermit) -> Place {
        let asked = Arc::new(Notify::new());
        let mut guests = self.guests();
        let number = guests.next;
        guests.next += 1;
        guests.staying.insert(number, Arc::clone(&asked));
        drop(guests);
        Place {
            number,
            asked,
            room: self.clone(),
            _permit: permit,
        }
    }

    fn ask_the_first(&self) -> bool {
        let first = self.guests().staying.pop_first();
        if let Some((_, asked)) = &first {
            asked.notify_one();
        }
        first.is_some()
    }

    fn guests(&self) -> MutexGuard<'_, Guests> {
        // Nothing that can panic is done while it is held.
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Waits until its holder is asked to leave.
    pub(super) async fn asked_to_leave(&self) {
        self.asked.notified().await;
    }

    /// Whether it is wanted for somebody else, rather than everybody asked to leave.
    pub(super) fn is_wanted(&self) -> bool {
        !self.room.closing.load(Ordering::Relaxed)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.room.guests().staying.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_came_first_makes_place_and_others_stay() {
        let room = Room::for_as_many_as(2);
        let (first, second) = (room.enter().await, room.enter().await);
        let leaving = tokio::spawn(async move { first.asked_to_leave().await });
        let third = room.enter().await;
        leaving.await.unwrap();
        for stays in [&second, &third] {
            let asked = timeout(Duration::from_millis(50), stays.asked_to_leave()).await;
            assert!(asked.is_err());
        }
    }

    #[tokio::test]
    async fn it_is_empty_when_everybody_has_left() {
        let room = Room::for_as_many_as(3);
        let place = room.enter().await;
        let leaving = tokio::spawn(async move { place.asked_to_leave().await });
        room.empty().await;
        leaving.await.unwrap();
        assert!(room.guests().staying.is_empty());
    }
}
