//! A cluster that lives as long as a test.

use std::path::PathBuf;

use server::embedded::{EmbeddedPostgres, Settings};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

/// A PostgreSQL with an empty database, gone with its directory when dropped.
pub struct ScratchCluster {
    postgres: EmbeddedPostgres,
    _directory: TempDir,
}

impl ScratchCluster {
    /// Starts one, with `PEOPLE_BIN`, or else the debug build, as its launcher.
    ///
    /// # Panics
    /// If it cannot start; the message says why.
    #[expect(clippy::expect_used, reason = "a test without its database must fail at once")]
    pub async fn start() -> Self {
        let directory = tempfile::Builder::new()
            .prefix("people-test-")
            .tempdir()
            .expect("a temporary directory");
        let built = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/people"));
        let launcher = std::env::var_os("PEOPLE_BIN").map_or_else(built, PathBuf::from);
        #[cfg(unix)]
        {
            // PostgreSQL runs as another user when the tests run as root.
            use std::os::unix::fs::PermissionsExt as _;
            let passable = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(directory.path(), passable).expect("a directory of ours");
        }
        let settings = Settings {
            data_dir: directory.path().join("data"),
            bin_dir: None,
            child_launcher: launcher,
            durable: false,
        };
        let postgres = EmbeddedPostgres::start(&settings)
            .await
            .expect("PostgreSQL starts");
        Self {
            postgres,
            _directory: directory,
        }
    }

    /// Where the database is.
    #[must_use]
    pub fn url(&self) -> &str {
        self.postgres.url()
    }

    /// A connection to the database.
    ///
    /// # Panics
    /// If there is none to be had.
    #[expect(clippy::expect_used, reason = "a test without its database must fail at once")]
    pub async fn connect(&self) -> Client {
        let (client, connection) = tokio_postgres::connect(self.url(), NoTls)
            .await
            .expect("a connection");
        tokio::spawn(connection);
        client
    }
}
