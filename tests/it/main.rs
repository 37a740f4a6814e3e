//! The black-box suite: real programs, a real PostgreSQL, real sockets. What holds for both doors is tried at both.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails with the reason")]

mod people;
mod schema;
