//! The data in PostgreSQL, through Diesel. A folder or file for each aggregate; queries take a connection, so that they
//! compose in a transaction, and only [`Database`] knows the pool.

pub mod api_keys;
mod cancel;
pub mod changes;
pub mod check;
pub mod companies;
mod connect;
pub mod custom_fields;
mod database;
pub mod deals;
pub mod definitions;
mod error;
mod figures;
mod filter;
mod fragments;
pub mod groups;
pub mod interactions;
mod migration;
pub mod people;
pub mod premises;
mod records;
pub mod remembered_requests;
mod schema;
mod session;
mod statement;
mod statement_name;
mod transaction;
pub mod users;
pub mod workspaces;

pub use connect::parse_url;
pub use database::{Connection, Database, DatabaseSettings, PoolState};
/// What queries take.
pub use diesel_async::AsyncPgConnection as RawConnection;
pub use error::Error;
pub use figures::{POOL_WAIT, STATEMENT_DURATION};
pub use migration::{MigrationError, SchemaState, migrate, revert_all, schema_state};
pub use records::{Decision, Deleted, Listed, Loaded, Missing, Page, Updated, Wanted, Writing, missing};
pub use transaction::Reach;
