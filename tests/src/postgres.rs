//! A PostgreSQL for one test alone, which may crash.

use server::embedded::{EmbeddedPostgres, Settings};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

use crate::{binary, cluster, fixture};

/// A PostgreSQL that keeps what it has said to keep, gone with its directory when dropped.
pub struct TestPostgres {
    postgres: EmbeddedPostgres,
    directory: TempDir,
}

impl TestPostgres {
    /// One with the fixture in it.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start() -> Self {
        let postgres = Self::empty().await;
        fixture::fill(postgres.url()).await;
        postgres
    }

    /// One in which nobody has been yet.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn empty() -> Self {
        let directory = cluster::directory();
        let settings = Settings {
            data_dir: directory.path().join("data"),
            bin_dir: None,
            child_launcher: binary::path(),
            durable: true,
        };
        let postgres = EmbeddedPostgres::start(&settings)
            .await
            .expect("PostgreSQL starts");
        Self { postgres, directory }
    }

    /// Where its database is.
    #[must_use]
    pub fn url(&self) -> &str {
        self.postgres.url()
    }

    /// Its data directory.
    #[must_use]
    pub fn data_dir(&self) -> std::path::PathBuf {
        self.directory.path().join("data")
    }

    /// A connection to it.
    ///
    /// # Errors
    /// It has none to spare, or does not run.
    pub async fn connect(&self) -> Result<Client, tokio_postgres::Error> {
        let (client, connection) = tokio_postgres::connect(self.url(), NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }

    /// Kills it as a crash would.
    ///
    /// # Panics
    /// If it does not run.
    pub fn kill(&self) {
        kill_postgres(&self.data_dir());
    }

    /// Starts it again after its end.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn revive(&mut self) {
        self.postgres.ended().await;
        self.postgres.revive().await.expect("PostgreSQL starts again");
    }
}

/// Kills the PostgreSQL that a data directory belongs to, as a crash would.
///
/// # Panics
/// If none runs.
pub fn kill_postgres(data_dir: &std::path::Path) {
    let id = process_of(data_dir).to_string();
    let killed = std::process::Command::new("kill").args(["-9", &id]).status();
    assert!(killed.expect("kill").success());
}

/// The process of the PostgreSQL that a data directory belongs to.
///
/// # Panics
/// If none runs.
#[must_use]
pub fn process_of(data_dir: &std::path::Path) -> u32 {
    let file = std::fs::read_to_string(data_dir.join("pg/postmaster.pid")).expect("a running PostgreSQL");
    let id = file.lines().next().and_then(|id| id.parse().ok());
    id.expect("its id")
}
