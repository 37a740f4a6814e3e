//! The API keys that were lately used.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use moka::future::Cache;
use persistence::api_keys::{self, ApiKey};
use persistence::{Database, Reach, users};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use super::{Caller, Deadline};
use crate::cache_figures;
use crate::status::{Failure, StoreFailure};

/// What is said of a key that is not good. It does not tell apart why: that would help those who guess.
pub(crate) const INVALID_KEY: &str = "the API key is not valid (unknown, revoked or expired)";

/// How many are kept, unknown ones included.
const KEPT: u64 = 10_000;
/// A revocation is seen within a second.
const KEPT_FOR: Duration = Duration::from_millis(500);

/// Why a key could not be looked up.
#[derive(Debug, Clone, Copy)]
enum LookupFailure {
    Overloaded,
    Store(StoreFailure),
}

impl From<persistence::Error> for LookupFailure {
    fn from(error: persistence::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<LookupFailure> for Failure {
    fn from(failure: LookupFailure) -> Self {
        match failure {
            LookupFailure::Overloaded => Self::Overloaded,
            LookupFailure::Store(failure) => failure.into(),
        }
    }
}

/// The API keys, with a cache before them. Clones share it.
#[derive(Clone)]
pub(crate) struct Keys {
    database: Database,
    /// By the secret's hash: no secret stays in memory. Unknown keys are remembered too, and those of deactivated users
    /// are as unknown.
    known: Cache<[u8; 32], Option<Arc<ApiKey>>>,
    /// Whoever guesses keys finds none of them in the cache.
    lookups: Arc<Semaphore>,
}

impl Keys {
    /// The keys of this database, of which so many may be looked up at once.
    pub(crate) fn new(database: Database, max_lookups: usize) -> Self {
        Self {
            database,
            known: Cache::builder().max_capacity(KEPT).time_to_live(KEPT_FOR).build(),
            lookups: Arc::new(Semaphore::new(max_lookups)),
        }
    }

    /// The caller whose key has this secret. Concurrent callers with one key share one lookup, and its failure.
    pub(super) async fn caller(
        &self,
        secret: &str,
        deadline: Deadline,
        now: DateTime<Utc>,
    ) -> Result<Caller, Failure> {
        let hash: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
        cache_figures::Cache::ApiKeys.asked();
        let key = match self.known.get(&hash).await {
            Some(known) => known,
            // Boxed: every call has room for what it awaits, and hardly any comes here.
            None => deadline
                .enforce(Box::pin(self.known.try_get_with(hash, self.look_up(secret))))
                .await?
                .map_err(|failure| Failure::from(*failure))?,
        };
        key.and_then(|key| caller_of(&key, deadline, now))
            .ok_or(Failure::Unauthenticated(INVALID_KEY))
    }

    async fn look_up(&self, secret: &str) -> Result<Option<Arc<ApiKey>>, LookupFailure> {
        cache_figures::Cache::ApiKeys.missed();
        let _permit = self
            .lookups
            .try_acquire()
            .map_err(|_| LookupFailure::Overloaded)?;
        let key = self
            .database
            .outside(self.database.statement_limit(), async |connection| {
                api_keys::find_by_secret(connection, secret).await
            })
            .await?;
        let Some(key) = key else { return Ok(None) };
        let (workspace, user) = (key.workspace_id, key.user_id);
        let active = self
            .database
            .read(Reach::of(workspace), async |connection| {
                users::is_active(connection, workspace, user).await
            })
            .await?;
        Ok(active.then(|| Arc::new(key)))
    }
}

fn caller_of(key: &ApiKey, deadline: Deadline, now: DateTime<Utc>) -> Option<Caller> {
    let ApiKey {
        id,
        workspace_id,
        user_id,
        scope,
        expires_at,
        revoked_at,
    } = key;
    let expired = expires_at.is_some_and(|end| end <= now);
    if expired || revoked_at.is_some() {
        return None;
    }
    Some(Caller {
        workspace_id: *workspace_id,
        user_id: *user_id,
        scope: *scope,
        key_id: *id,
        deadline,
    })
}

#[cfg(test)]
mod tests {
    use domain::{ApiKeyId, Scope, UserId, WorkspaceId};
    use uuid::Uuid;

    use super::*;

    fn key() -> ApiKey {
        ApiKey {
            id: ApiKeyId::new(Uuid::from_u128(1)),
            workspace_id: WorkspaceId::new(Uuid::from_u128(2)),
            user_id: UserId::new(Uuid::from_u128(3)),
            scope: Scope::Write,
            expires_at: None,
            revoked_at: None,
        }
    }

    fn is_good(key: &ApiKey, now: DateTime<Utc>) -> bool {
        caller_of(key, Deadline(std::time::Instant::now()), now).is_some()
    }

    #[test]
    fn a_key_is_good_until_the_moment_it_expires() {
        let end = DateTime::from_timestamp(1000, 0).unwrap();
        let key = ApiKey {
            expires_at: Some(end),
            ..key()
        };
        assert!(is_good(&key, DateTime::from_timestamp(999, 0).unwrap()));
        assert!(!is_good(&key, end));
    }

    #[test]
    fn a_revoked_key_is_not_good() {
        let now = DateTime::from_timestamp(1000, 0).unwrap();
        assert!(is_good(&key(), now));
        let revoked = ApiKey {
            revoked_at: Some(now),
            ..key()
        };
        assert!(!is_good(&revoked, now));
    }
}
