//! The connections of the pool, and what is remembered of each.

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use deadpool::managed::{Manager, Metrics, RecycleError, RecycleResult};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::pooled_connection::PoolableConnection as _;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};

use crate::connect::Place;

/// How often as much as before has to be written until plans are made anew. That is rarely, and what fits a table fits one a
/// few times as large.
const GROWTH: u64 = 4;
/// How many records are written until that happens for the first time.
const FEW: u64 = 64;

/// A connection of the pool.
pub struct Session {
    connection: AsyncPgConnection,
    /// A bit for each [`Alone`] that has been run here.
    has_run: AtomicU32,
    /// From how many written records on its plans are too old.
    plans_fit_until: u64,
}

/// A statement that has a transaction of its own. Its text is always the same.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Alone {
    MakePeople,
    ReadPeople,
    ListPeople,
    ReadCompanies,
    ListCompanies,
    ReadDeals,
    ListDeals,
}

/// Makes the connections of the pool.
pub struct Sessions {
    pub(crate) place: Place,
    /// The SQL that each begins with.
    pub(crate) setup: String,
    /// How many records were written through all of them, about.
    pub(crate) written: AtomicU64,
}

impl Session {
    /// Whether it is prepared here, so that it is on its way as soon as it is asked for.
    pub(crate) fn has_run(&self, statement: Alone) -> bool {
        self.has_run.load(Ordering::Relaxed) & statement.bit() != 0
    }

    /// Notes that it is.
    pub(crate) fn note_run(&self, statement: Alone) {
        self.has_run.fetch_or(statement.bit(), Ordering::Relaxed);
    }

    /// Has PostgreSQL plan anew what it has prepared here. A plan from when a table was nearly empty may read all of it, for each
    /// row that is looked up, and is kept until the table is analyzed, which may be minutes later.
    async fn plan_anew(&mut self, written: u64) -> RecycleResult<ConnectionError> {
        self.connection
            .batch_execute("DISCARD PLANS")
            .await
            .map_err(|error| RecycleError::Backend(ConnectionError::CouldntSetupConfiguration(error)))?;
        self.plans_fit_until = fit_until(written);
        Ok(())
    }
}

/// Until how many written records plans fit that are made after so many.
fn fit_until(written: u64) -> u64 {
    FEW.max(written.saturating_mul(GROWTH))
}

impl Alone {
    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

impl Deref for Session {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &AsyncPgConnection {
        &self.connection
    }
}

impl Sessions {
    async fn open(&self) -> ConnectionResult<Session> {
        let mut connection = self.place.connect().await?;
        connection
            .batch_execute(&self.setup)
            .await
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(Session {
            connection,
            has_run: AtomicU32::new(0),
            plans_fit_until: fit_until(self.written.load(Ordering::Relaxed)),
        })
    }
}

impl Manager for Sessions {
    type Type = Session;
    type Error = ConnectionError;

    /// Boxed: every call has room for what it may have to wait for, and nearly all find a connection that is open.
    fn create(&self) -> impl Future<Output = ConnectionResult<Session>> + Send {
        Box::pin(self.open())
    }

    /// A query before each use would double the round trips; a closed connection is known without one.
    async fn recycle(&self, session: &mut Session, _: &Metrics) -> RecycleResult<ConnectionError> {
        if session.connection.is_broken() {
            return Err(RecycleError::message("it is closed"));
        }
        let written = self.written.load(Ordering::Relaxed);
        if written >= session.plans_fit_until {
            return Box::pin(session.plan_anew(written)).await;
        }
        Ok(())
    }
}
