//! The connections of the pool, and what is remembered of each.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};

use deadpool::managed::{Manager, Metrics, RecycleError, RecycleResult};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::pooled_connection::PoolableConnection as _;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};

use crate::connect::Place;

/// A connection of the pool.
pub struct Session {
    connection: AsyncPgConnection,
    has_made_people: AtomicBool,
}

/// Makes the connections of the pool.
pub struct Sessions {
    pub(crate) place: Place,
    /// The SQL that each begins with.
    pub(crate) setup: String,
}

impl Session {
    /// Whether the statement that makes people is prepared here, so that it is on its way as soon as it is asked for.
    pub(crate) fn has_made_people(&self) -> bool {
        self.has_made_people.load(Ordering::Relaxed)
    }

    /// Notes that it is.
    pub(crate) fn note_that_people_were_made(&self) {
        self.has_made_people.store(true, Ordering::Relaxed);
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
            has_made_people: AtomicBool::new(false),
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
