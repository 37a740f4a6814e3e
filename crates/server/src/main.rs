//! The program `people`.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use server::commands::CommandLine;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Before anything else: this process may be on its way to become PostgreSQL.
    if let Some(failed) = server::embedded::child::run_if_asked(std::env::args_os()) {
        return failed;
    }
    let command_line = CommandLine::parse();
    let failed = command_line.failed();
    match command_line.run() {
        Ok(ended) => ended,
        Err(failure) => {
            // If even this cannot be written, the exit code is all that is left to say it.
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            failed
        }
    }
}
