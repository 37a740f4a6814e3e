//! The command line: what the program can be asked to do. Each command has a file of its own.

mod admin;
mod check;
mod config;
mod demo;
mod migrate;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Flags};
use crate::telemetry;

/// Keeps the people a company deals with: gRPC for its services, REST for public clients.
///
/// Without a command it does what `people serve` does. `people help COMMAND` tells more of each command.
#[derive(Debug, Parser)]
#[command(name = "people", version, propagate_version = true)]
pub struct CommandLine {
    #[command(flatten)]
    flags: Flags,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Migrate(migrate::Migrate),
    Demo(demo::MakeDemo),
    Admin(Box<admin::Admin>),
    Check(check::Check),
    /// Print every setting that is in force, where it came from, and its value; secrets are masked.
    Config(config::ShowConfig),
}

/// What ends a command early: a sentence that says what is wrong and what to do.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

impl CommandLine {
    /// How the program ends if the command cannot be done.
    #[must_use]
    pub fn failed(&self) -> ExitCode {
        match self.command {
            Some(Command::Check(_)) => check::NOT_CHECKED.into(),
            None
            | Some(
                Command::Serve(_)
                | Command::Migrate(_)
                | Command::Demo(_)
                | Command::Admin(_)
                | Command::Config(_),
            ) => ExitCode::FAILURE,
        }
    }

    /// Does what the command line asks for.
    ///
    /// # Errors
    /// Whatever the command could not do, in words for the person who ran it.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::resolve(&self.flags, std::env::vars_os())?;
        let work = async {
            let serve = || Command::Serve(serve::Serve::default());
            match self.command.unwrap_or_else(serve) {
                Command::Serve(serve) => serve.run(&config).await?,
                Command::Migrate(migrate) => migrate.run(&config).await?,
                Command::Demo(demo) => demo.run(&config).await?,
                Command::Admin(admin) => admin.run(&config).await?,
                Command::Check(check) => return check.run(&config).await,
                Command::Config(show) => show.run(&config)?,
            }
            Ok(ExitCode::SUCCESS)
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let telemetry = telemetry::init(&config)?;
            let done = work.await;
            telemetry.finish().await;
            done
        })
    }
}
