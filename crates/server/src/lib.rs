//! The program `people`: configuration, telemetry, the embedded database, the command line, the wiring.

pub mod commands;
pub mod config;
mod database;
mod demo;
pub mod embedded;
mod serve;
pub mod telemetry;
