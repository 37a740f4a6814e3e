//! Measures the service: what PostgreSQL can do by itself, what of that is left at the doors, and what it costs.

mod check;
mod cluster;
mod filters;
mod frames;
mod grpc;
mod load;
mod measure;
mod options;
mod pgbench;
mod plot;
mod process;
mod report;
mod rest;
mod run;
mod sample;
mod service;
mod targets;
mod work;
mod world;

use std::fmt;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use crate::options::Options;

/// Why there is no result.
type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    // Before anything else: this process may be on its way to become PostgreSQL.
    if let Some(failed) = server::embedded::child::run_if_asked(std::env::args_os()) {
        return failed;
    }
    if let Some(ended) = frames::run_if_asked(std::env::args()) {
        return ended;
    }
    match measure(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // If even this cannot be written, the exit code is all that is left to say it.
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// On one thread: clients that share the processors with what they measure should cost little.
fn measure(options: &Options) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run::run(options))
}

/// Tells how it goes.
fn say(text: fmt::Arguments<'_>) -> Result<(), Failure> {
    Ok(writeln!(std::io::stderr(), "==> {text}")?)
}
