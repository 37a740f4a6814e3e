//! Bringing a database's schema up to date.

use std::fmt::Display;
use std::time::Duration;

use diesel::QueryDsl as _;
use diesel::migration::{Migration, MigrationSource as _};
use diesel::pg::Pg;
use diesel::result::Error as DieselError;
use diesel::sql_types::Bool;
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use crate::connect::Place;
use crate::premises::Unfit;

/// Every migration of `migrations/`, in order.
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Whoever migrates holds this advisory lock, so that instances that start together do so one after the other. It ends
/// with its transaction: behind a pooler one of a session would be left to whoever gets the connection next.
const LOCK: &str = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; \
    SELECT pg_advisory_xact_lock(7306352817262)";

/// How long a simple question may take.
const PATIENCE: Duration = Duration::from_secs(10);

diesel::table! {
    /// What Diesel notes of the migrations that were applied.
    #[sql_name = "__diesel_schema_migrations"]
    applied_migrations (version) {
        version -> Text,
    }
}

/// Why the schema could not be looked at or brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The database cannot be reached. Does not show its URL, which may hold a password.
    #[error("the database cannot be reached: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// The database is not one for this program.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// It took the connection and then said nothing.
    #[error(
        "the database took the connection, but does not answer within {} s: look at its log and its load",
        PATIENCE.as_secs()
    )]
    NoAnswer,
    /// A question was refused.
    #[error("the database refuses to be asked: {}", told(.0))]
    Question(#[from] DieselError),
    /// A migration failed; those before it are applied.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(String),
    /// The thread that migrates was ended.
    #[error("the migration was interrupted: {0}")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// How the schema of a database and the program stand to each other.
#[derive(Debug, PartialEq, Eq)]
pub struct SchemaState {
    /// The migrations that the database does not have yet, in order.
    pub pending: Vec<String>,
    /// The versions that it has and that this program knows nothing of: a newer one made them.
    pub unknown: Vec<String>,
}

/// Applies the migrations that the database does not have yet; answers how many those were.
///
/// # Errors
/// See [`MigrationError`]. What was applied before an error stays.
pub async fn migrate(url: &str) -> Result<usize, MigrationError> {
    // Whoever has nothing to do need not have the right to, nor be able to write.
    if schema_state(url).await?.pending.is_empty() {
        return Ok(0);
    }
    harness(url, |harness| {
        Ok(harness.run_pending_migrations(MIGRATIONS)?.len())
    })
    .await
}

/// Compares the database with the program. Only reads.
///
/// # Errors
/// See [`MigrationError`].
pub async fn schema_state(url: &str) -> Result<SchemaState, MigrationError> {
    let mut connection = Place::read(url)?.connect().await?;
    let applied = answered(applied(&mut connection)).await?;
    let known: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS
        .migrations()
        .map_err(|error| MigrationError::Migration(error.to_string()))?;
    let version = |migration: &dyn Migration<Pg>| migration.name().version().to_string();
    let lacking = known.iter().filter(|one| !applied.contains(&version(&**one)));
    let mut pending: Vec<String> = lacking.map(|one| one.name().to_string()).collect();
    pending.sort();
    let unknown = applied
        .iter()
        .filter(|applied| !known.iter().any(|one| version(&**one) == **applied));
    Ok(SchemaState {
        pending,
        unknown: unknown.cloned().collect(),
    })
}

/// The versions that the database has, in order.
async fn applied(connection: &mut AsyncPgConnection) -> Result<Vec<String>, DieselError> {
    let there = diesel::dsl::sql::<Bool>("to_regclass('__diesel_schema_migrations') IS NOT NULL");
    if !diesel::select(there).get_result(connection).await? {
        return Ok(Vec::new());
    }
    applied_migrations::table
        .select(applied_migrations::version)
        .order(applied_migrations::version)
        .load(connection)
        .await
}

/// Takes back every migration, and with them all data; answers how many those were.
///
/// # Errors
/// See [`MigrationError`]. What was taken back before an error stays so.
pub async fn revert_all(url: &str) -> Result<usize, MigrationError> {
    harness(url, |harness| {
        Ok(harness.revert_all_migrations(MIGRATIONS)?.len())
    })
    .await
}

/// Runs work that Diesel only offers in blocking form on a thread that may block.
async fn harness<F>(url: &str, work: F) -> Result<usize, MigrationError>
where
    F: FnOnce(
            &mut AsyncMigrationHarness<AsyncPgConnection>,
        ) -> Result<usize, Box<dyn std::error::Error + Send + Sync>>
        + Send
        + 'static,
{
    let place = Place::read(url)?;
    let mut lock = place.connect().await?;
    lock.batch_execute(LOCK).await?;
    let mut harness = AsyncMigrationHarness::new(place.connect().await?);
    let done = tokio::task::spawn_blocking(move || work(&mut harness)).await?;
    lock.batch_execute("COMMIT").await?;
    done.map_err(|error| MigrationError::Migration(told(error)))
}

/// Waits for the answer to a question, but not for ever.
pub(crate) async fn answered<T>(
    question: impl Future<Output = Result<T, DieselError>>,
) -> Result<T, MigrationError> {
    match tokio::time::timeout(PATIENCE, question).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(MigrationError::NoAnswer),
    }
}

/// What the database said, with what to do. Diesel passes on nothing but its words.
fn told(error: impl Display) -> String {
    let said = error.to_string();
    let advice = if said.contains("read-only transaction") {
        ": it can only be read, perhaps because it is a standby; name the primary in DATABASE_URL"
    } else if said.contains("the role people_") {
        ". As a superuser: CREATE ROLE people_service NOLOGIN; CREATE ROLE people_search NOLOGIN; GRANT people_service, \
         people_search TO the user in DATABASE_URL; those that are there already need only the GRANT"
    } else if said.contains("permission denied") {
        ": run `people migrate` with the owner of the database in DATABASE_URL; whoever only serves needs no more than \
         GRANT people_service, people_search TO the user"
    } else {
        ""
    };
    said + advice
}
