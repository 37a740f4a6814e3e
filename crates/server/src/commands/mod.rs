//! The command line: what the program can be asked to do. Each command has a file of its own.

mod config;

use clap::{Parser, Subcommand};

use crate::config::{Config, Flags};

/// Keeps the people a company deals with: gRPC for its services, REST for public clients.
///
/// `people help COMMAND` tells more of each command.
#[derive(Debug, Parser)]
#[command(name = "people", version, propagate_version = true)]
pub struct CommandLine {
    #[command(flatten)]
    flags: Flags,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print every setting that is in force, where it came from, and its value; secrets are masked.
    Config(config::ShowConfig),
}

/// What ends a command early: a sentence that says what is wrong and what to do.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

impl CommandLine {
    /// Does what the command line asks for.
    ///
    /// # Errors
    /// Whatever the command could not do, in words for the person who ran it.
    pub fn run(self) -> Result<(), Failure> {
        let config = Config::resolve(&self.flags, std::env::vars_os())?;
        match self.command {
            Command::Config(show) => show.run(&config),
        }
    }
}
