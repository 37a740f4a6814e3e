//! Transactions, each within one workspace: the row-level security of the database sees to that.

use std::time::{Duration, Instant};

use deadpool::managed::Object;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use domain::WorkspaceId;
use futures_util::future::{join, try_join};
use tokio::task::unconstrained;
use tokio::time::{timeout, timeout_at};

use crate::connect::Place;
use crate::database::{Connection, Database};
use crate::session::{Alone, Session};
use crate::{Error, cancel};

/// How much longer than the database may take its answer is waited for.
const GRACE: Duration = Duration::from_secs(1);

/// What a transaction may reach, and for how long it is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// The only workspace whose rows it sees and writes.
    pub workspace_id: WorkspaceId,
    /// When nobody waits for it any more; by default it may take as long as a statement may.
    pub until: Option<Instant>,
}

impl Reach {
    /// Of one workspace, for as long as a statement may take.
    #[must_use]
    pub fn of(workspace_id: WorkspaceId) -> Self {
        Self {
            workspace_id,
            until: None,
        }
    }
}

/// An open transaction. Dropped before its end, it takes its connection with it and cancels the statement that runs.
struct Open<'a> {
    connection: Option<Connection>,
    place: &'a Place,
}

impl Database {
    /// Does some work in a transaction: all of it if it succeeds, nothing of it if it fails. The transaction begins with the
    /// first statement of the work, in one round trip.
    ///
    /// # Errors
    /// Those of the work, which is undone; [`Error::Unavailable`] if there is no connection to be had in time or the
    /// database does not answer. Whether the work lasts is unknown if that happens at its end.
    pub async fn within<T, E, F>(&self, reach: Reach, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&AsyncPgConnection) -> Result<T, E>,
        E: From<Error>,
    {
        let mut open = self.prepare().await?;
        timeout_at(self.limit(reach), async {
            let result = self.begun(open.session()?, reach, work).await?;
            let ended = end(open.session()?, result.is_ok()).await;
            let done = open.conclude(result, ended)?;
            self.note_written(1);
            Ok(done)
        })
        .await
        .unwrap_or_else(|_| Err(self.does_not_answer().into()))
    }

    /// Reads in a transaction, and does not wait for its end, by which nothing that was read changes.
    ///
    /// # Errors
    /// As [`Database::within`].
    pub async fn read<T, F>(&self, reach: Reach, work: F) -> Result<T, Error>
    where
        F: AsyncFnOnce(&AsyncPgConnection) -> Result<T, Error>,
    {
        let mut open = self.prepare().await?;
        timeout_at(self.limit(reach), async {
            let result = self.begun(open.session()?, reach, work).await?;
            open.end_behind();
            result
        })
        .await
        .unwrap_or_else(|_| Err(self.does_not_answer()))
    }

    /// Runs a statement, so many times, in a transaction of its own: all in one round trip, if the connection has done so before.
    /// Then the statement is sent when it is first polled, and the COMMIT can go right behind it. Were it ever overtaken, it would
    /// run outside of the transaction, where it sees no workspace: it can write nothing, and what reads has to fail there
    /// (`WITHIN_WORKSPACE`).
    ///
    /// # Errors
    /// As [`Database::within`].
    pub(crate) async fn alone<T, F>(
        &self,
        reach: Reach,
        statement: Alone,
        times: u32,
        run: F,
    ) -> Result<T, Error>
    where
        F: AsyncFnOnce(&AsyncPgConnection) -> Result<T, Error>,
    {
        let mut open = self.prepare().await?;
        let others = self.statement_timeout.saturating_mul(times.saturating_sub(1));
        timeout_at(self.limit(reach) + others, async {
            let session = open.session()?;
            let (result, ended) = if session.has_run(statement) {
                let with_its_end = async |connection: &AsyncPgConnection| {
                    join(unconstrained(run(connection)), end(connection, true)).await
                };
                self.begun(session, reach, with_its_end).await?
            } else {
                let result = self.begun(session, reach, run).await?;
                let ended = end(session, result.is_ok()).await;
                (result, ended)
            };
            if result.is_ok() {
                session.note_run(statement);
            }
            open.conclude(result, ended)
        })
        .await
        .unwrap_or_else(|_| Err(self.does_not_answer()))
    }

    async fn prepare(&self) -> Result<Open<'_>, Error> {
        Ok(Open {
            connection: Some(self.connection().await?),
            place: &self.place,
        })
    }

    fn limit(&self, reach: Reach) -> tokio::time::Instant {
        let until = reach
            .until
            .unwrap_or_else(|| Instant::now() + self.statement_timeout);
        (until + GRACE).into()
    }

    /// Begins a transaction with the first statement of the work, in one round trip.
    async fn begun<T, F>(&self, connection: &AsyncPgConnection, reach: Reach, work: F) -> Result<T, Error>
    where
        F: AsyncFnOnce(&AsyncPgConnection) -> T,
    {
        let begin = self.begin(reach);
        // The first that is sent. A database that cannot even begin hangs, and the caller shall hear that before its time is
        // over.
        let begun = async {
            timeout(self.statement_timeout, send(connection, &begin))
                .await
                .map_err(|_| self.does_not_answer())?
        };
        let (_, result) = try_join(begun, async { Ok(work(connection).await) }).await?;
        Ok(result)
    }

    /// Does something that belongs to no workspace and is one statement.
    ///
    /// # Errors
    /// Those of the work; [`Error::Unavailable`] if there is no connection to be had in time or the database does not
    /// answer.
    pub async fn outside<T, F>(&self, limit: Duration, work: F) -> Result<T, Error>
    where
        F: AsyncFnOnce(&AsyncPgConnection) -> Result<T, Error>,
    {
        let mut open = self.prepare().await?;
        let done = timeout(limit, async { work(open.session()?).await })
            .await
            .map_err(|_| self.does_not_answer())?;
        open.close();
        done
    }

    /// How long something outside of transactions may take: as long as its statement, and the answer on its way.
    #[must_use]
    pub fn statement_limit(&self) -> Duration {
        self.statement_timeout + GRACE
    }

    /// One message, which sets what holds until the end of the transaction. A UUID in its usual form has nothing to quote.
    fn begin(&self, reach: Reach) -> String {
        let Reach { workspace_id, until } = reach;
        let mut begin = format!("BEGIN; SET LOCAL people.workspace_id = '{}'", workspace_id.uuid());
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        if let Some(left) = left.filter(|left| *left < self.statement_timeout) {
            // 0 would be for ever.
            begin += &format!("; SET LOCAL statement_timeout = {}", left.as_millis().max(1));
        }
        begin
    }
}

/// Ends a transaction; one that has failed comes to nothing either way.
async fn end(connection: &AsyncPgConnection, well: bool) -> Result<(), Error> {
    send(connection, if well { "COMMIT" } else { "ROLLBACK" }).await
}

/// Sends a statement without values.
pub(crate) async fn send(mut connection: &AsyncPgConnection, sql: &str) -> Result<(), Error> {
    Ok(connection.batch_execute(sql).await?)
}

impl Open<'_> {
    fn session(&self) -> Result<&Session, Error> {
        match &self.connection {
            Some(connection) => Ok(connection),
            None => Err(Error::Unavailable("the transaction has ended".to_owned())),
        }
    }

    fn close(&mut self) {
        self.connection = None;
    }

    /// What came of the work. What went wrong first is what counts.
    fn conclude<T, E: From<Error>>(
        &mut self,
        result: Result<T, E>,
        ended: Result<(), Error>,
    ) -> Result<T, E> {
        if ended.is_ok() {
            self.close();
        }
        let done = result?;
        Ok(ended.map(|()| done)?)
    }

    /// Ends a transaction that only read. The connection is of use again when that is answered.
    fn end_behind(&mut self) {
        if let Some(connection) = self.connection.take() {
            tokio::spawn(async move {
                let ended = timeout(GRACE, send(&connection, "COMMIT")).await;
                if !matches!(ended, Ok(Ok(()))) {
                    drop(Object::take(connection));
                }
            });
        }
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Nobody else may get it: it is in the middle of something.
            let connection = Object::take(connection);
            cancel::cancel(&connection, self.place);
        }
    }
}
