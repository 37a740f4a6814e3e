//! A private PostgreSQL of our own for when no `DATABASE_URL` is given: real and durable, on a Unix socket in the
//! data directory, ending when this program ends, however it ends.

mod account;
mod binaries;
pub mod child;
mod cluster;
mod conf;
mod directory_lock;
mod error;
mod install_hint;
mod layout;
mod leftovers;
mod process;
mod ready;
mod server_log;
mod supervisor;

use std::path::PathBuf;
use std::time::Duration;

use tokio::time::{Instant, sleep};

pub use error::Error;
pub use layout::default_data_dir;

use account::Account;
use binaries::Binaries;
use directory_lock::DirectoryLock;
use layout::Layout;
use supervisor::Supervisor;

/// The superuser of the cluster, and the name that its socket's only visitor comes under.
pub const ROLE: &str = "people";

/// The database that the service keeps its tables in.
pub const DATABASE: &str = "people";

/// How long the backends of a killed server may hold its shared memory before a start gives up.
const ORPHANS: Duration = Duration::from_secs(30);

const POLL: Duration = Duration::from_millis(100);

/// What to run where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Holds everything: the cluster, the socket, the lock, the log. Made if missing.
    pub data_dir: PathBuf,
    /// Where `initdb` and `postgres` are; looked for if not given.
    pub bin_dir: Option<PathBuf>,
    /// A program that calls [`child::run_if_asked`] first: `people` itself.
    pub child_launcher: PathBuf,
    /// `false` only for tests: a crash of the system may then lose or spoil the data.
    pub durable: bool,
}

/// What a server needs to be started, and to be started again.
#[derive(Debug)]
struct Installation {
    settings: Settings,
    layout: Layout,
    binaries: Binaries,
    account: Account,
}

/// The embedded PostgreSQL, ready for connections. Dropping it stops a server that it started (and blocks until
/// that has ended); [`EmbeddedPostgres::stop`] does so without blocking.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    layout: Layout,
    url: String,
    server: Server,
}

#[derive(Debug)]
enum Server {
    /// Fields drop in order: the directory is let go only when the server has ended.
    Ours {
        supervisor: Supervisor,
        installation: Box<Installation>,
        lock: DirectoryLock,
    },
    /// Another program of this data directory runs it and will stop it.
    Attached,
}

impl EmbeddedPostgres {
    /// Takes the data directory, makes the cluster at the first start, clears up after a crash, starts the server
    /// and waits until it takes connections. Fails with [`Error::InUse`] if another program has the directory.
    pub async fn start(settings: &Settings) -> Result<Self, Error> {
        let owned = settings.clone();
        let prepared = tokio::task::spawn_blocking(move || prepare(&owned)).await;
        let (layout, lock, binaries, account) = prepared.map_err(|error| Error::System {
            action: "prepare the data directory",
            source: error.into(),
        })??;
        let installation = Box::new(Installation {
            settings: settings.clone(),
            layout: layout.clone(),
            binaries,
            account,
        });
        let supervisor = installation.launch().await?;
        ready::make_database(&layout).await?;
        let url = layout.url_of(DATABASE);
        tracing::info!(
            data_dir = %layout.data_dir.display(), version = installation.binaries.major,
            user = installation.account.name, "embedded PostgreSQL is ready"
        );
        Ok(Self {
            layout,
            url,
            server: Server::Ours {
                supervisor,
                installation,
                lock,
            },
        })
    }

    /// Like [`EmbeddedPostgres::start`], but where another program has the directory, uses the server that it
    /// runs, waiting for it up to a minute. For commands that work beside `people serve`.
    pub async fn open(settings: &Settings) -> Result<Self, Error> {
        let deadline = Instant::now() + ready::PATIENCE;
        loop {
            let (data_dir, holder) = match Self::start(settings).await {
                Err(Error::InUse { data_dir, holder }) => (data_dir, holder),
                other => return other,
            };
            let layout = Layout::prepare(&data_dir)?;
            if ready::serves_our_database(&layout).await {
                let url = layout.url_of(DATABASE);
                return Ok(Self {
                    layout,
                    url,
                    server: Server::Attached,
                });
            }
            if Instant::now() > deadline {
                return Err(Error::HolderNotReady {
                    data_dir,
                    holder,
                    seconds: ready::PATIENCE.as_secs(),
                });
            }
            sleep(POLL).await;
        }
    }

    /// The URL of the database [`DATABASE`], for tokio-postgres and libpq.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The URL of another database of the same server, which need not exist.
    pub fn url_of(&self, database: &str) -> String {
        self.layout.url_of(database)
    }

    /// Whether this program runs the server, rather than another one.
    pub fn is_ours(&self) -> bool {
        matches!(self.server, Server::Ours { .. })
    }

    /// Resolves when a server that this program started has ended, for whatever reason; never for an attached one.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + 'static {
        let ended = match &self.server {
            Server::Ours { supervisor, .. } => Some(supervisor.ended()),
            Server::Attached => None,
        };
        async move {
            match ended {
                Some(ended) => ended.await,
                None => std::future::pending().await,
            }
        }
    }

    /// Starts a server that has ended again, where it was.
    ///
    /// # Errors
    /// It cannot be started, or was not this program's to start.
    pub async fn revive(&mut self) -> Result<(), Error> {
        match &mut self.server {
            Server::Ours {
                supervisor,
                installation,
                lock: _,
            } => {
                let (layout, dead) = (installation.layout.clone(), leftovers::clear);
                tokio::task::spawn_blocking(move || dead(&layout))
                    .await
                    .map_err(|error| Error::System {
                        action: "clear up after PostgreSQL",
                        source: error.into(),
                    })??;
                *supervisor = installation.launch().await?;
                Ok(())
            }
            Server::Attached => Ok(()),
        }
    }

    /// Shuts down the server if this program started it: open transactions are rolled back, connections closed.
    /// Returns when it has ended, which is forced after 20 s.
    pub async fn stop(self) {
        match self.server {
            Server::Ours {
                supervisor,
                installation: _,
                lock,
            } => {
                supervisor.stop().await;
                drop(lock);
            }
            Server::Attached => {}
        }
    }
}

/// Everything up to the point where the server can be started. Blocks.
fn prepare(settings: &Settings) -> Result<(Layout, DirectoryLock, Binaries, Account), Error> {
    let layout = Layout::prepare(&settings.data_dir)?;
    let lock = DirectoryLock::take(&layout)?;
    let wrote = cluster::written_by(&layout)?;
    let account = Account::for_cluster(&layout.cluster)?;
    account.check_way_to(&layout.data_dir, "PEOPLE_DATA_DIR")?;
    let binaries = Binaries::find(settings.bin_dir.as_deref(), wrote)?;
    account.check_way_to(&binaries.bin_dir, "PEOPLE_PG_BIN_DIR")?;
    match wrote {
        None => {
            tracing::info!(data_dir = %layout.data_dir.display(), "making a new database cluster");
            cluster::make(
                &layout,
                &binaries,
                &account,
                &settings.child_launcher,
                settings.durable,
            )?;
        }
        Some(wrote) if wrote != binaries.major => {
            let (found, bin_dir) = (binaries.major, binaries.bin_dir);
            return Err(Error::OtherMajorVersion {
                cluster: layout.cluster,
                wrote,
                found,
                bin_dir,
            });
        }
        Some(_) => leftovers::clear(&layout)?,
    }
    layout.prepare_sockets(&account)?;
    conf::write(&layout.cluster, settings.durable, &account)?;
    Ok((layout, lock, binaries, account))
}

impl Installation {
    /// Starts the server and waits until it is ready. Backends of a killed predecessor make it refuse for a while.
    async fn launch(&self) -> Result<Supervisor, Error> {
        let Self {
            settings,
            layout,
            binaries,
            account,
        } = self;
        let deadline = Instant::now() + ORPHANS;
        loop {
            let mut command = child::command(&settings.child_launcher, account, &binaries.postgres());
            command
                .arg("-D")
                .arg(&layout.cluster)
                .arg("-k")
                .arg(layout.sockets_as_list());
            let supervisor = Supervisor::start(command, layout).await?;
            match ready::wait(&supervisor, layout).await {
                Ok(()) => return Ok(supervisor),
                Err(Error::EndedWhileStarting { tail, .. })
                    if tail.contains("shared memory block") && Instant::now() < deadline =>
                {
                    tracing::info!("waiting for the last processes of a killed PostgreSQL to end");
                    sleep(POLL).await;
                }
                Err(error) => return Err(error),
            }
        }
    }
}
