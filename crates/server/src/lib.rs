//! The program `people`: configuration, telemetry, the embedded database, the command line, the wiring.

pub mod commands;
pub mod config;
pub mod embedded;
pub mod telemetry;
