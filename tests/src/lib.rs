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
mod database;
pub mod fixture;
mod grpc;
mod person_json;
mod rest;
pub mod sample;
mod server;

pub use api::{Api, Refused};
pub use binary::people;
pub use database::{ScratchCluster, TestDatabase};
pub use grpc::GrpcClient;
pub use rest::{Answer, RestClient};
pub use server::TestServer;
