//! Transactions, each within one workspace: the row-level security of the database sees to that.

use std::time::{Duration, Instant};

use diesel_async::pooled_connection::deadpool::Object;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use domain::WorkspaceId;
use tokio::time::{timeout, timeout_at};

use crate::connect::Place;
use crate::database::{Connection, Database};
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
    /// Does some work in a transaction: all of it if it succeeds, nothing of it if it fails.
    ///
    /// # Errors
    /// Those of the work, which is undone; [`Error::Unavailable`] if there is no connection to be had in time or the
    /// database does not answer. Whether the work lasts is unknown if that happens at its end.
    pub async fn within<T, E, F>(&self, reach: Reach, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, E>,
        E: From<Error>,
    {
        let now = Instant::now();
        let limit = reach.until.unwrap_or(now + self.statement_timeout) + GRACE;
        let begin = self.begin(reach, now);
        let mut open = Open {
            connection: Some(self.connection().await?),
            place: &self.place,
        };
        timeout_at(limit.into(), async {
            let connection = open.connection()?;
            // A database that cannot even begin hangs, and the caller shall hear that before its time is over.
            timeout(self.statement_timeout, connection.batch_execute(&begin))
                .await
                .map_err(|_| self.does_not_answer())?
                .map_err(Error::from)?;
            let (result, end) = match work(connection).await {
                Ok(done) => (Ok(done), "COMMIT"),
                Err(error) => (Err(error), "ROLLBACK"),
            };
            let ended = connection.batch_execute(end).await.map_err(Error::from);
            if ended.is_ok() {
                open.close();
            }
            // What went wrong first is what counts.
            let done = result?;
            Ok(ended.map(|()| done)?)
        })
        .await
        .unwrap_or_else(|_| Err(self.does_not_answer().into()))
    }

    /// Does something that belongs to no workspace and is one statement.
    ///
    /// # Errors
    /// Those of the work; [`Error::Unavailable`] if there is no connection to be had in time or the database does not
    /// answer.
    pub async fn outside<T, F>(&self, limit: Duration, work: F) -> Result<T, Error>
    where
        F: AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Error>,
    {
        let mut open = Open {
            connection: Some(self.connection().await?),
            place: &self.place,
        };
        let done = timeout(limit, async { work(open.connection()?).await })
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
    fn begin(&self, reach: Reach, now: Instant) -> String {
        let Reach { workspace_id, until } = reach;
        let mut begin = format!("BEGIN; SET LOCAL people.workspace_id = '{}'", workspace_id.uuid());
        let left = until.map(|until| until.saturating_duration_since(now));
        if let Some(left) = left.filter(|left| *left < self.statement_timeout) {
            // 0 would be for ever.
            begin += &format!("; SET LOCAL statement_timeout = {}", left.as_millis().max(1));
        }
        begin
    }
}

impl Open<'_> {
    fn connection(&mut self) -> Result<&mut AsyncPgConnection, Error> {
        match &mut self.connection {
            Some(connection) => Ok(connection),
            None => Err(Error::Unavailable("the transaction has ended".to_owned())),
        }
    }

    fn close(&mut self) {
        self.connection = None;
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
