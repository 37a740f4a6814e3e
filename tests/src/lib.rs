//! What the black-box suite stands on: a PostgreSQL of its own, and fresh databases in it.

mod database;

pub use database::ScratchCluster;
