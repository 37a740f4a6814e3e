//! Bringing a database's schema up to date.

use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use crate::connect::Place;

/// Every migration of `migrations/`, in order.
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Whoever migrates holds this advisory lock, so that instances that start together do so one after the other.
const LOCK: &str = "SELECT pg_advisory_lock(7306352817262)";

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The database cannot be reached. Does not show its URL, which may hold a password.
    #[error("the database cannot be reached: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// The lock that keeps others from migrating could not be had, or a question was not answered.
    #[error("the database did not answer: {0}")]
    Lock(#[from] diesel::result::Error),
    /// A migration failed; those before it are applied.
    #[error("a migration failed: {0}")]
    Migration(Box<dyn std::error::Error + Send + Sync>),
    /// The thread that migrates was ended.
    #[error("the migration was interrupted: {0}")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// Applies the migrations that the database does not have yet; answers how many those were.
///
/// # Errors
/// See [`MigrationError`]. What was applied before an error stays.
pub async fn migrate(url: &str) -> Result<usize, MigrationError> {
    harness(url, |harness| {
        Ok(harness.run_pending_migrations(MIGRATIONS)?.len())
    })
    .await
}

/// How many migrations the database does not have yet.
///
/// # Errors
/// See [`MigrationError`].
pub async fn pending_migrations(url: &str) -> Result<usize, MigrationError> {
    harness(url, |harness| Ok(harness.pending_migrations(MIGRATIONS)?.len())).await
}

/// Whether the database compares texts as `like` needs it: in UTF-8, and knowing upper and lower case beyond ASCII.
///
/// # Errors
/// The database cannot be reached.
pub async fn compares_unicode(url: &str) -> Result<bool, MigrationError> {
    let mut connection = Place::read(url)?.connect().await?;
    let sql = "current_setting('server_encoding') = 'UTF8' AND 'É' ILIKE 'é'";
    let query = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(sql));
    Ok(query.get_result(&mut connection).await?)
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
    let mut connection = Place::read(url)?.connect().await?;
    connection.batch_execute(LOCK).await?;
    // The lock ends with the connection.
    let mut harness = AsyncMigrationHarness::new(connection);
    tokio::task::spawn_blocking(move || work(&mut harness))
        .await?
        .map_err(MigrationError::Migration)
}
