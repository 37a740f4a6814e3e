//! The data in PostgreSQL, through Diesel: its schema, and how it is brought up to date.

mod migration;
#[expect(missing_docs, reason = "generated; the comments are in migrations/")]
pub mod schema;

pub use migration::{MigrationError, migrate, revert_all};
