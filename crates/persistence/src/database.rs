//! The pool of connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use deadpool::managed::{Object, Pool, QueueMode};
use diesel_async::AsyncPgConnection;
use tracing::Instrument as _;

use crate::Error;
use crate::connect::Place;
use crate::figures::POOL_WAIT;
use crate::session::Sessions;
use crate::transaction::send;

/// How long a statement waits for a row that another transaction has. Writers that wait hold connections that others need;
/// what waits longer is tried again.
const LOCK_TIMEOUT: Duration = Duration::from_secs(1);
/// No transaction here waits for anything but its next statement.
const IDLE_IN_TRANSACTION_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a sign of life may take.
const PING_TIMEOUT: Duration = Duration::from_millis(1500);

/// As whom the service works: not as the owner of the tables, for whom row-level security does not hold.
const ROLE: &str = "people_service";

/// The statements that are used again and again are written so that one plan fits all values. To plan each of them anew for
/// its values takes PostgreSQL longer than to run it, and it does so whenever that looks a little cheaper. What a plan for
/// unknown values is thought to cost is no reason to compile it or to call for help: none of them reads much.
const PLANS: &str =
    "SET plan_cache_mode = force_generic_plan; SET jit = off; SET max_parallel_workers_per_gather = 0;";

/// A connection of the pool, back in it when dropped.
pub type Connection = Object<Sessions>;

/// How to reach the database, and how much of it to use.
#[derive(Clone)]
pub struct DatabaseSettings {
    /// Where it is; may hold a password.
    pub url: String,
    /// The most connections. Few beat many: they are for work, not for waiting.
    pub pool_size: usize,
    /// How long to wait for a free connection, and how long for a new one.
    pub pool_wait: Duration,
    /// How long a statement may take.
    pub statement_timeout: Duration,
}

/// What a pool is doing at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// Connections that are at work.
    pub busy: u32,
    /// Connections that are free.
    pub idle: u32,
    /// Callers that wait for one.
    pub waiting: u32,
}

/// A database and the connections to it. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pool: Pool<Sessions>,
    pub(crate) place: Place,
    pub(crate) statement_timeout: Duration,
    answers: Arc<AtomicBool>,
}

impl Database {
    /// Prepares the pool. Nothing connects before it is asked to.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the settings make no pool, or a file that the URL names cannot be used.
    pub fn open(settings: &DatabaseSettings) -> Result<Self, Error> {
        let setup = format!(
            "SET application_name = 'people'; SET ROLE {ROLE}; SET timezone = 'UTC'; {PLANS} \
             SET statement_timeout = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = {};",
            settings.statement_timeout.as_millis(),
            LOCK_TIMEOUT.as_millis(),
            IDLE_IN_TRANSACTION_TIMEOUT.as_millis(),
        );
        let place = Place::read(&settings.url).map_err(|error| Error::Unavailable(error.to_string()))?;
        let sessions = Sessions {
            place: place.clone(),
            setup,
            written: AtomicU64::new(0),
        };
        let pool = Pool::builder(sessions)
            .max_size(settings.pool_size)
            // The one that worked last: what it needs is still in the processor's caches.
            .queue_mode(QueueMode::Lifo)
            .runtime(deadpool::Runtime::Tokio1)
            .wait_timeout(Some(settings.pool_wait))
            .create_timeout(Some(settings.pool_wait))
            .recycle_timeout(Some(settings.pool_wait))
            .build()
            .map_err(|error| Error::Unavailable(error.to_string()))?;
        Ok(Self {
            pool,
            place,
            statement_timeout: settings.statement_timeout,
            answers: Arc::new(AtomicBool::new(true)),
        })
    }

    /// A connection for queries about workspaces and keys; nothing of a workspace's is in its reach.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if there is none to be had in time.
    pub async fn connection(&self) -> Result<Connection, Error> {
        let begin = Instant::now();
        let waiting =
            tracing::info_span!(target: "trace", "waiting for a connection", otel.name = "db.connection");
        let connection = self.pool.get().instrument(waiting).await;
        metrics::histogram!(POOL_WAIT).record(begin.elapsed());
        Ok(connection?)
    }

    /// How many connections there may be.
    #[must_use]
    pub fn most_connections(&self) -> usize {
        self.pool.status().max_size
    }

    /// What the pool is doing.
    #[must_use]
    pub fn pool_state(&self) -> PoolState {
        let status = self.pool.status();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        PoolState {
            busy: count(status.size.saturating_sub(status.available)),
            idle: count(status.available),
            waiting: count(status.waiting),
        }
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if it gives none.
    pub async fn ping(&self) -> Result<(), Error> {
        let ping = async |connection: &AsyncPgConnection| send(connection, "SELECT 1").await;
        let answer = self.outside(PING_TIMEOUT, ping).await;
        self.answers.store(answer.is_ok(), Ordering::Relaxed);
        answer
    }

    /// Whether it gave a sign of life when it was last asked for one.
    #[must_use]
    pub fn answers(&self) -> bool {
        self.answers.load(Ordering::Relaxed)
    }

    /// Notes that so many records were written, about: the more there are, the less the plans of before fit.
    pub fn note_written(&self, records: usize) {
        let records = u64::try_from(records).unwrap_or(u64::MAX);
        self.pool.manager().written.fetch_add(records, Ordering::Relaxed);
    }

    /// The error for a connection that does not answer. The idle ones are let go: a network that lost one without a word
    /// has lost them too, and they would have to be found out one by one.
    pub(crate) fn does_not_answer(&self) -> Error {
        self.pool.retain(|_, _| false);
        Error::Unavailable("it does not answer".to_owned())
    }
}
