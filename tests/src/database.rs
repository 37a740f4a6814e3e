//! Databases for tests: one cluster a run, a template with the fixture in it, a clone for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use server::embedded::{EmbeddedPostgres, Settings};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tokio_postgres::{Client, NoTls};

use crate::{binary, fixture};

/// What directories of clusters begin with; the id of the process that uses one follows.
const PREFIX: &str = "people-test-";
const TEMPLATE: &str = "people_test_template";

/// A PostgreSQL with an empty database, gone with its directory when dropped.
pub struct ScratchCluster {
    postgres: EmbeddedPostgres,
    _directory: TempDir,
}

impl ScratchCluster {
    /// Starts one.
    ///
    /// # Panics
    /// If it cannot start; the message says why.
    pub async fn start() -> Self {
        let directory = tempfile::Builder::new()
            .prefix(&format!("{PREFIX}{}-", std::process::id()))
            .tempdir()
            .expect("a temporary directory");
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
            child_launcher: binary::path(),
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
    pub async fn connect(&self) -> Client {
        connect(self.url()).await
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a connection");
    tokio::spawn(connection);
    client
}

/// The cluster of this run.
static CLUSTER: OnceCell<ScratchCluster> = OnceCell::const_new();

/// The cluster, with the template in it.
async fn cluster() -> &'static ScratchCluster {
    CLUSTER
        .get_or_init(|| async {
            remove_leftovers();
            let cluster = ScratchCluster::start().await;
            let client = cluster.connect().await;
            let sql = format!("CREATE DATABASE {TEMPLATE}");
            client.batch_execute(&sql).await.expect("a template");
            fixture::fill(&cluster.postgres.url_of(TEMPLATE)).await;
            cluster
        })
        .await
}

/// The cluster of a run lives in a static, which is never dropped, so its directory is left to the next run. (The
/// server itself ends with the run.)
fn remove_leftovers() {
    let directories = std::fs::read_dir(std::env::temp_dir()).expect("a directory for temporary files");
    for directory in directories.flatten() {
        let name = directory.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.split('-').next());
        let ended = process.is_some_and(|id| !std::path::Path::new("/proc").join(id).exists());
        if ended {
            let _ = std::fs::remove_dir_all(directory.path());
        }
    }
}

/// A database of its own for one test: migrated, with the fixture in it.
pub struct TestDatabase {
    url: String,
    name: String,
}

impl TestDatabase {
    /// A clone of the template.
    ///
    /// # Panics
    /// If there is none to be had.
    pub async fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let cluster = cluster().await;
        let name = format!("people_test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let client = cluster.connect().await;
        // Before PostgreSQL 15 copying files is the only way, and has no name.
        let version = client
            .query_one("SHOW server_version_num", &[])
            .await
            .expect("a version");
        let recent = version.get::<_, &str>(0) >= "150000";
        let strategy = if recent { "STRATEGY file_copy" } else { "" };
        let sql = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE} {strategy}");
        client.batch_execute(&sql).await.expect("a clone of the template");
        let url = cluster.postgres.url_of(&name);
        Self { url, name }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection to it.
    ///
    /// # Panics
    /// If there is none to be had.
    pub async fn connect(&self) -> Client {
        connect(&self.url).await
    }

    /// The single value that a query gives, as text.
    ///
    /// # Panics
    /// If the query fails or gives another number of rows.
    pub async fn text(&self, sql: &str) -> String {
        let row = self.connect().await.query_one(sql, &[]).await.expect("one row");
        row.get(0)
    }

    /// The single number that a query gives.
    ///
    /// # Panics
    /// If the query fails or gives another number of rows.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = self.connect().await.query_one(sql, &[]).await.expect("one row");
        row.get(0)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some(cluster) = CLUSTER.get() else { return };
        let (url, name) = (cluster.url().to_owned(), self.name.clone());
        // A runtime of its own: this one may be going down, and dropping must not wait in it.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                let _ = connect(&url).await.batch_execute(&sql).await;
            });
        });
        let _ = dropped.join();
    }
}
