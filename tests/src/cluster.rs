//! The PostgreSQL of a run: a private one, or the one that `PEOPLE_TEST_DATABASE_URL` names.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use server::embedded::{EmbeddedPostgres, Settings};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

use crate::binary;

/// Names the server to use. Its user needs the right to create databases; others on it are left alone.
const GIVEN: &str = "PEOPLE_TEST_DATABASE_URL";
/// What directories of private clusters begin with; the id of the process that uses one follows.
const DIRECTORY: &str = "people-test-";
/// What databases on a given server begin with; the second of their making and the id of the process follow.
const DATABASE: &str = "people_test_";
/// A database on a given server that is older belongs to no run: a process that ended cannot be told from one that
/// runs on another machine.
const LEFT_AFTER: u64 = 60 * 60;

/// A PostgreSQL; a private one is gone with its directory when dropped.
pub(crate) enum Cluster {
    Private {
        postgres: Box<EmbeddedPostgres>,
        _directory: TempDir,
    },
    Given(String),
}

impl Cluster {
    /// The given one, or else a new one. Removes what earlier runs left behind.
    pub(crate) async fn start() -> Self {
        match std::env::var(GIVEN) {
            Ok(url) => {
                let cluster = Self::Given(url);
                cluster.drop_leftovers().await;
                cluster
            }
            Err(_) => {
                remove_leftovers();
                Self::start_private().await
            }
        }
    }

    async fn start_private() -> Self {
        let directory = directory();
        let settings = Settings {
            data_dir: directory.path().join("data"),
            bin_dir: None,
            child_launcher: binary::path(),
            durable: false,
        };
        let postgres = EmbeddedPostgres::start(&settings)
            .await
            .expect("PostgreSQL starts");
        Self::Private {
            postgres: Box::new(postgres),
            _directory: directory,
        }
    }

    /// A connection from which databases can be created and dropped.
    pub(crate) async fn connect(&self) -> Client {
        connect(match self {
            Self::Private { postgres, .. } => postgres.url(),
            Self::Given(url) => url,
        })
        .await
    }

    /// Where this database is.
    pub(crate) fn url_of(&self, database: &str) -> String {
        match self {
            Self::Private { postgres, .. } => postgres.url_of(database),
            Self::Given(url) => with_database(url, database),
        }
    }

    /// Databases that runs left, whose end came before they could drop them.
    async fn drop_leftovers(&self) {
        let client = self.connect().await;
        let names = client
            .query(
                "SELECT datname::text FROM pg_database WHERE starts_with(datname, $1)",
                &[&DATABASE],
            )
            .await
            .expect("the names of databases");
        for row in names {
            let name: String = row.get(0);
            let made_at = name[DATABASE.len()..]
                .split('_')
                .next()
                .and_then(|text| text.parse().ok());
            if made_at.is_some_and(|at: u64| at + LEFT_AFTER < seconds()) {
                // Another run may have been faster.
                let _ = client
                    .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                    .await;
            }
        }
    }
}

/// A directory for a private cluster.
pub(crate) fn directory() -> TempDir {
    let directory = tempfile::Builder::new()
        .prefix(&format!("{DIRECTORY}{}-", std::process::id()))
        .tempdir()
        .expect("a temporary directory");
    #[cfg(unix)]
    {
        // PostgreSQL runs as another user when the tests run as root.
        use std::os::unix::fs::PermissionsExt as _;
        let passable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(directory.path(), passable).expect("a directory of ours");
    }
    directory
}

pub(crate) async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a connection");
    tokio::spawn(connection);
    client
}

/// A name that no other database has.
pub(crate) fn new_name() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("{DATABASE}{}_{}_{number}", seconds(), std::process::id())
}

fn seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("a clock")
        .as_secs()
}

/// The URL with another database in its path.
fn with_database(url: &str, database: &str) -> String {
    let (place, parameters) = url
        .split_once('?')
        .map_or((url, None), |(place, rest)| (place, Some(rest)));
    let host = place.find("://").expect("postgres://...") + "://".len();
    let end = place[host..].find('/').map_or(place.len(), |slash| host + slash);
    let parameters = parameters.map_or(String::new(), |rest| format!("?{rest}"));
    format!("{}/{database}{parameters}", &place[..end])
}

/// The cluster of a run lives in a static, which is never dropped, so its directory is left to the next run. (The
/// server itself ends with the run.)
fn remove_leftovers() {
    let directories = std::fs::read_dir(std::env::temp_dir()).expect("a directory for temporary files");
    for directory in directories.flatten() {
        let name = directory.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(DIRECTORY)?.split('-').next());
        let ended = process.is_some_and(|id| !std::path::Path::new("/proc").join(id).exists());
        if ended {
            let _ = std::fs::remove_dir_all(directory.path());
        }
    }
}
