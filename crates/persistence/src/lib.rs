//! The data in PostgreSQL, through Diesel. A folder or file for each aggregate; queries take a connection, so that they
//! compose in a transaction, and only [`Database`] knows the pool.

pub mod api_keys;
mod changes;
pub mod companies;
pub mod custom_fields;
mod database;
pub mod definitions;
mod error;
pub mod groups;
pub mod interactions;
mod migration;
pub mod objects;
pub mod people;
mod schema;
mod statement;
pub mod users;
pub mod workspaces;

pub use database::{Connection, Database, DatabaseSettings};
pub use error::Error;
pub use migration::{MigrationError, migrate, pending_migrations, revert_all};
