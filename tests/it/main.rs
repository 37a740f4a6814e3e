//! The black-box suite: real programs, a real PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails with the reason")]

mod schema;
