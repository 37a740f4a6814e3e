//! The PostgreSQL of a run: a private, durable one, as the service runs it by default.

use std::path::{Path, PathBuf};

use server::embedded::{EmbeddedPostgres, Settings};
use tokio_postgres::{Client, NoTls};

use crate::Failure;
use crate::process::{self, Usage};

/// A running PostgreSQL.
pub(crate) struct Cluster {
    postgres: EmbeddedPostgres,
    postmaster: u32,
    pgbench: PathBuf,
}

impl Cluster {
    /// Starts the one in this directory, which is made if need be.
    pub(crate) async fn start(data_dir: &Path) -> Result<Self, Failure> {
        let settings = Settings {
            data_dir: data_dir.to_owned(),
            bin_dir: std::env::var_os("PEOPLE_PG_BIN_DIR").map(PathBuf::from),
            child_launcher: std::env::current_exe()?,
            durable: true,
        };
        let postgres = EmbeddedPostgres::start(&settings).await?;
        let pid_file = std::fs::read_to_string(data_dir.join("pg/postmaster.pid"))?;
        let postmaster = pid_file
            .lines()
            .next()
            .ok_or("postmaster.pid is empty")?
            .trim()
            .parse()?;
        let program = std::fs::read_link(format!("/proc/{postmaster}/exe"))?;
        let pgbench = program.with_file_name("pgbench");
        if !pgbench.exists() {
            return Err(format!(
                "there is no {}; some systems have it in a package of PostgreSQL's own tools",
                pgbench.display()
            )
            .into());
        }
        Ok(Self {
            postgres,
            postmaster,
            pgbench,
        })
    }

    pub(crate) fn url_of(&self, database: &str) -> String {
        self.postgres.url_of(database)
    }

    pub(crate) async fn connect(&self, database: &str) -> Result<Client, Failure> {
        let (client, connection) = tokio_postgres::connect(&self.url_of(database), NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }

    /// The program of PostgreSQL's that measures it.
    pub(crate) fn pgbench(&self) -> &Path {
        &self.pgbench
    }

    /// What all its processes have used so far.
    pub(crate) fn usage(&self) -> Result<Usage, Failure> {
        process::usage_of_family(self.postmaster)
    }

    pub(crate) async fn stop(self) {
        self.postgres.stop().await;
    }
}
