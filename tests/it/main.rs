//! The black-box suite: real programs, a real PostgreSQL, real sockets. What holds for both doors is tried at both.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that ends early fails with the reason"
)]

mod admin;
mod attacks;
mod backup;
mod change_log;
mod check;
mod command_line;
mod companies;
mod dangling;
mod deadlines;
mod deals;
mod distribution;
mod embedded;
mod faults;
mod filters;
mod health;
mod instances;
mod interactions;
mod keys;
mod load;
mod metrics;
mod nothing_personal;
mod openapi;
mod patches;
mod people;
mod rate_limit;
mod reflection;
mod requests;
mod restarts;
mod schema;
mod starting;
mod statements;
mod tenants;
mod tls;
mod traces;
mod users;
