//! Asking the server over its socket: does it take connections, and has it our database?

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use tokio_postgres::{Client, NoTls};

use super::layout::Layout;
use super::supervisor::Supervisor;
use super::{DATABASE, Error};

/// Crash recovery of a small database takes seconds; past this a human should look.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

const POLL: Duration = Duration::from_millis(25);
const REPORT: Duration = Duration::from_secs(5);
const CONNECT: Duration = Duration::from_secs(5);

/// Waits until `supervisor`'s server takes a connection. Fails as soon as it has ended, or after [`PATIENCE`].
pub(super) async fn wait(supervisor: &Supervisor, layout: &Layout) -> Result<(), Error> {
    let start = Instant::now();
    let mut next_report = start + REPORT;
    loop {
        let refusal = match connect(layout, "postgres").await {
            Ok(_) => return Ok(()),
            Err(refusal) => refusal,
        };
        if let Some(status) = supervisor.exit_status() {
            let (log, tail) = (layout.log.clone(), supervisor.log.tail());
            return Err(Error::EndedWhileStarting {
                status: status.to_string(),
                log,
                tail,
            });
        }
        if start.elapsed() > PATIENCE {
            let seconds = PATIENCE.as_secs();
            return Err(Error::NotReady {
                seconds,
                reason: refusal,
                log: layout.log.clone(),
            });
        }
        if Instant::now() > next_report {
            next_report += REPORT;
            tracing::info!(%refusal, "waiting for the embedded PostgreSQL, which may be recovering from a crash");
        }
        sleep(POLL).await;
    }
}

/// Whether a server behind `layout` has the service's database and takes connections to it.
pub(super) async fn serves_our_database(layout: &Layout) -> bool {
    connect(layout, DATABASE).await.is_ok()
}

/// Makes the service's database if it is missing.
pub(super) async fn make_database(layout: &Layout) -> Result<(), Error> {
    let refused = |error| Error::Database {
        database: DATABASE,
        reason: in_words(&error),
        log: layout.log.clone(),
    };
    let client = match connect(layout, "postgres").await {
        Ok(client) => client,
        Err(reason) => {
            return Err(Error::NotReady {
                seconds: 0,
                reason,
                log: layout.log.clone(),
            });
        }
    };
    let there = client
        .query_opt("select 1 from pg_database where datname = $1", &[&DATABASE])
        .await
        .map_err(refused)?;
    if there.is_none() {
        client
            .batch_execute(&format!("create database {DATABASE}"))
            .await
            .map_err(refused)?;
    }
    Ok(())
}

/// A connection, served by a task that ends with the client; otherwise the reason for the refusal.
async fn connect(layout: &Layout, database: &str) -> Result<Client, String> {
    match timeout(CONNECT, tokio_postgres::connect(&layout.url_of(database), NoTls)).await {
        Ok(Ok((client, connection))) => {
            tokio::spawn(connection);
            Ok(client)
        }
        Ok(Err(error)) => Err(in_words(&error)),
        Err(_) => Err("no answer".to_owned()),
    }
}

/// The error alone says no more than that it is one of the database's.
fn in_words(error: &tokio_postgres::Error) -> String {
    error
        .as_db_error()
        .map_or_else(|| error.to_string(), |db| db.message().to_owned())
}
