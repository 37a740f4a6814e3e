//! How many calls a user has left this minute.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use domain::{UserId, WorkspaceId};
use moka::future::Cache;
use moka::policy::EvictionPolicy;

use super::Caller;
use crate::status::Exhausted;

/// The length of a window, in seconds.
const WINDOW: u64 = 60;
/// How many users are counted at once.
const USERS: u64 = 100_000;

type Window = (WorkspaceId, UserId, u64);

/// What a user may still do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    pub(super) limit: u32,
    pub(super) remaining: u32,
    /// When the next window begins, in seconds since 1970.
    pub(super) reset: u64,
}

/// Counts calls by user. Clones share the counts.
#[derive(Clone)]
pub(crate) struct Limiter {
    limit: u32,
    used: Cache<Window, Arc<AtomicU32>>,
}

impl Limiter {
    /// So many calls a minute; 0: as many as they like.
    pub(crate) fn new(limit: u32) -> Self {
        Self {
            limit,
            used: Cache::builder()
                .max_capacity(USERS)
                // The default policy would not let newcomers in when it is full: they would never be counted.
                .eviction_policy(EvictionPolicy::lru())
                .time_to_live(Duration::from_secs(WINDOW + 1))
                .build(),
        }
    }

    /// Counts a call at this moment, in seconds since 1970; nothing when there is no limit. A call over the limit
    /// is an error and not counted.
    pub(super) async fn count(&self, caller: &Caller, now: u64) -> Option<Result<Allowance, Exhausted>> {
        if self.limit == 0 {
            return None;
        }
        let (window, reset) = window_of(caller.user_id, now);
        let used = self
            .used
            .get_with((caller.workspace_id, caller.user_id, window), async {
                Arc::default()
            })
            .await;
        let before = used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
            (used < self.limit).then_some(used + 1)
        });
        Some(match before {
            Ok(before) => Ok(Allowance {
                limit: self.limit,
                remaining: self.limit - before - 1,
                reset,
            }),
            Err(_) => Err(Exhausted {
                limit: self.limit,
                reset,
                retry_after: reset - now,
            }),
        })
    }
}

/// The number of the user's window at this moment, and when it ends. Users begin theirs at different seconds of the
/// minute, so that not all come back at once.
fn window_of(user: UserId, now: u64) -> (u64, u64) {
    let shift = u64::from(user.uuid().as_bytes()[15]) % WINDOW;
    let window = (now + shift) / WINDOW;
    (window, (window + 1) * WINDOW - shift)
}

#[cfg(test)]
mod tests {
    use domain::{ApiKeyId, Scope};
    use uuid::Uuid;

    use super::*;

    fn caller(user: u128) -> Caller {
        Caller {
            workspace_id: WorkspaceId::new(Uuid::from_u128(1)),
            user_id: UserId::new(Uuid::from_u128(user)),
            scope: Scope::Read,
            key_id: ApiKeyId::new(Uuid::from_u128(2)),
            deadline: crate::edge::Deadline(std::time::Instant::now()),
        }
    }

    #[tokio::test]
    async fn a_user_has_so_many_calls_until_the_window_ends() {
        let limiter = Limiter::new(2);
        let user = caller(7);
        let first = limiter.count(&user, 1000).await.unwrap().unwrap();
        let reset = first.reset;
        assert_eq!((first.limit, first.remaining), (2, 1));
        assert!(reset > 1000 && reset <= 1060, "{reset}");
        assert_eq!(
            limiter.count(&user, reset - 1).await.unwrap().unwrap().remaining,
            0
        );

        let over = limiter.count(&user, reset - 1).await.unwrap().unwrap_err();
        assert_eq!((over.limit, over.reset, over.retry_after), (2, reset, 1));
        let next = limiter.count(&user, reset).await.unwrap().unwrap();
        assert_eq!((next.remaining, next.reset), (1, reset + 60));
    }

    #[tokio::test]
    async fn users_are_counted_apart_and_all_keys_of_one_together() {
        let limiter = Limiter::new(1);
        assert!(limiter.count(&caller(7), 1000).await.unwrap().is_ok());
        assert!(limiter.count(&caller(8), 1000).await.unwrap().is_ok());
        let other_key = Caller {
            key_id: ApiKeyId::new(Uuid::from_u128(9)),
            ..caller(7)
        };
        assert!(limiter.count(&other_key, 1000).await.unwrap().is_err());
    }

    #[tokio::test]
    async fn no_limit_is_no_count() {
        assert!(Limiter::new(0).count(&caller(7), 1000).await.is_none());
    }
}
