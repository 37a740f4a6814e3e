//! What the black-box suite stands on: a PostgreSQL for the run, a fresh database for each test, the real program, and
//! clients that speak to it like anybody else.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test without what it stands on must fail at once"
)]

mod api;
mod binary;
mod cluster;
mod collector;
mod company_json;
mod database;
mod deal_json;
pub mod fixture;
mod grpc;
mod person_json;
mod postgres;
mod processors;
mod program;
mod proxy;
mod query;
mod random;
mod rest;
pub mod sample;
mod server;
mod statements;
mod upstream;
mod usage;

pub use api::{Api, Attempt, BatchResult, Page, RecordPage, Records, Refused};
pub use binary::{command, path as program, people};
pub use collector::Collector;
pub use database::TestDatabase;
pub use grpc::GrpcClient;
pub use postgres::{TestPostgres, kill_postgres, process_of};
pub use processors::{confine, confine_this_thread};
pub use program::Program;
pub use proxy::{Proxy, Way};
pub use query::{Condition, Operand, Query, encoded};
pub use random::{Random, cases, given};
pub use rest::{Answer, RestClient};
pub use server::TestServer;
pub use statements::{Ran, Statements};
pub use usage::Usage;
