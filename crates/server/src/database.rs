//! The database of a command: the one that the settings name, or the one that the program runs itself.

use std::path::PathBuf;
use std::time::Duration;

use persistence::{Database, DatabaseSettings, SchemaState, premises};

use crate::commands::Failure;
use crate::config::Config;
use crate::embedded::{EmbeddedPostgres, Settings};

/// How long a call waits for a free connection before it is refused.
const POOL_WAIT: Duration = Duration::from_secs(3);

/// How long after one revival the next may be at the earliest.
const REVIVAL_PAUSE: Duration = Duration::from_millis(500);

/// Where the data is, held open for as long as it is used.
pub(crate) enum DatabaseHome {
    /// A PostgreSQL of our own.
    Embedded(Box<EmbeddedPostgres>),
    /// The one at this address.
    Given(String),
}

impl DatabaseHome {
    /// For the program that serves: an embedded database is its own, and ends with it.
    pub(crate) async fn start(config: &Config) -> Result<Self, Failure> {
        match &config.database.url {
            Some(url) => Ok(Self::Given(url.expose().to_owned())),
            None => Ok(Self::Embedded(Box::new(
                EmbeddedPostgres::start(&embedded(config)?).await?,
            ))),
        }
    }

    /// For a command that may run beside the program that serves.
    pub(crate) async fn open(config: &Config) -> Result<Self, Failure> {
        match &config.database.url {
            Some(url) => Ok(Self::Given(url.expose().to_owned())),
            None => Ok(Self::Embedded(Box::new(
                EmbeddedPostgres::open(&embedded(config)?).await?,
            ))),
        }
    }

    /// Where to connect; may hold a password.
    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Embedded(postgres) => postgres.url(),
            Self::Given(url) => url,
        }
    }

    pub(crate) fn is_embedded(&self) -> bool {
        matches!(self, Self::Embedded(_))
    }

    /// Brings the schema up to date, or, where the settings forbid that, fails unless it is.
    pub(crate) async fn prepare(&self, config: &Config) -> Result<(), Failure> {
        if config.database.migrate {
            let applied = self.migrate().await?;
            if applied > 0 {
                tracing::info!(applied, "the database's schema is up to date now");
            }
        } else {
            self.require_schema("PEOPLE_MIGRATE is false").await?;
        }
        let state = persistence::schema_state(self.url()).await?;
        if let Some(newer) = newer(&state) {
            tracing::warn!("{newer}: start one that is as new");
        }
        Ok(())
    }

    /// Applies the migrations that it lacks, if it is a database for this program; answers how many those were.
    pub(crate) async fn migrate(&self) -> Result<usize, Failure> {
        premises::examine(self.url()).await?;
        Ok(persistence::migrate(self.url()).await?)
    }

    /// Fails, for this reason, unless no migration is pending. Only reads.
    pub(crate) async fn require_schema(&self, reason: &str) -> Result<(), Failure> {
        premises::examine(self.url()).await?;
        let pending = persistence::schema_state(self.url()).await?.pending;
        let (Some(first), Some(last)) = (pending.first(), pending.last()) else {
            return Ok(());
        };
        let lacks = match pending.len() {
            1 => format!("the migration {first}"),
            count => format!("{count} migrations, from {first} to {last}"),
        };
        Err(format!("the database lacks {lacks}, and {reason}: run `people migrate` first").into())
    }

    /// The pool of connections to it.
    pub(crate) fn pool(&self, config: &Config) -> Result<Database, Failure> {
        let pool_size = usize::try_from(config.database.pool_size.get())?;
        self.pool_of(pool_size, config.database.statement_timeout)
    }

    /// A pool of this many connections, with statements that may take this long.
    pub(crate) fn pool_of(&self, pool_size: usize, statement_timeout: Duration) -> Result<Database, Failure> {
        Ok(Database::open(&DatabaseSettings {
            url: self.url().to_owned(),
            pool_size,
            pool_wait: POOL_WAIT,
            statement_timeout,
        })?)
    }

    /// Sees to it that an embedded server that ends by itself is started again, wherever it can be.
    ///
    /// Ends, with the reason, only when it cannot be; without an embedded server never.
    pub(crate) async fn keep_alive(&mut self) -> Failure {
        let Self::Embedded(postgres) = self else {
            return std::future::pending().await;
        };
        loop {
            postgres.ended().await;
            tracing::error!("the embedded PostgreSQL has ended by itself; starting it again");
            if let Err(error) = postgres.revive().await {
                return format!(
                    "the embedded PostgreSQL has ended by itself, and does not start again: {error}"
                )
                .into();
            }
            tracing::info!("the embedded PostgreSQL is back");
            // One that ends again and again must not take all the machine's time.
            tokio::time::sleep(REVIVAL_PAUSE).await;
        }
    }

    /// Stops a server that this program started.
    pub(crate) async fn close(self) {
        match self {
            Self::Embedded(postgres) => postgres.stop().await,
            Self::Given(_) => {}
        }
    }
}

/// That the program is older than the schema, if it is.
pub(crate) fn newer(state: &SchemaState) -> Option<String> {
    let last = state.unknown.last()?;
    Some(format!(
        "the database's schema is newer than this program ({}): it has migrations up to {last} that this program does \
         not know",
        env!("CARGO_PKG_VERSION")
    ))
}

fn embedded(config: &Config) -> Result<Settings, Failure> {
    Ok(Settings {
        data_dir: config.data_dir()?.to_owned(),
        bin_dir: config.embedded.bin_dir.clone(),
        child_launcher: own_program()?,
        durable: true,
    })
}

fn own_program() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(|error| format!("this program cannot find its own file: {error}").into())
}
