//! The connections of the pool, and what is remembered of each.

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};

use deadpool::managed::{Manager, Metrics, RecycleError, RecycleResult};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::pooled_connection::PoolableConnection as _;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};

use crate::connect::Place;

/// A connection of the pool.
pub struct Session {
    connection: AsyncPgConnection,
    /// A bit for each [`Alone`] that has been run here.
    has_run: AtomicU32,
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
        Ok(())
    }
}
