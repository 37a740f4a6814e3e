//! The service under measurement: the program `people`, as its users run it but for the limit on the rate of calls.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{self, Signal};
use nix::unistd::Pid;

use crate::{Failure, frames};

/// How long it may take to end when asked to; then it is killed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running service, ended when dropped.
pub(crate) struct Service {
    process: Child,
    pub(crate) rest: SocketAddr,
    pub(crate) grpc: SocketAddr,
}

impl Service {
    /// Starts it on free ports, with these settings more. Its log goes nowhere: what it costs to write it counts, what a
    /// disk makes of it does not.
    pub(crate) fn start(program: &Path, database_url: &str, settings: &[String]) -> Result<Self, Failure> {
        let mut command = command(program, database_url);
        command
            .arg("serve")
            .env("PEOPLE_REST_ADDR", "127.0.0.1:0")
            .env("PEOPLE_GRPC_ADDR", "127.0.0.1:0")
            .env("PEOPLE_RATE_LIMIT", "0")
            .stderr(Stdio::null());
        for setting in settings {
            let (name, value) = setting.split_once('=').ok_or("a setting is NAME=VALUE")?;
            command.env(name, value);
        }
        Self::spawn(command)
    }

    /// The frames, which answer with so many bytes.
    pub(crate) fn start_frames(rest: usize, grpc: usize) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args([frames::SUBCOMMAND, &rest.to_string(), &grpc.to_string()]);
        Self::spawn(command)
    }

    /// Starts what says itself where it listens.
    fn spawn(mut command: Command) -> Result<Self, Failure> {
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or("the service has no output")?;
        let mut lines = BufReader::new(output).lines();
        let (mut rest, mut grpc) = (None, None);
        let (rest, grpc) = loop {
            if let (Some(rest), Some(grpc)) = (rest, grpc) {
                break (rest, grpc);
            }
            let line = lines.next().ok_or("the service ended before it listened")??;
            let mut words = line.split_whitespace();
            match (words.next(), words.next()) {
                (Some("REST"), Some(url)) => rest = Some(address(url)?),
                (Some("gRPC"), Some(url)) => grpc = Some(address(url)?),
                _ => {}
            }
        };
        // What it says later must not block it.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { process, rest, grpc })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself. Asked to, as by its users, it ends in good order: a program that counts what it does
        // (`scripts/release`) only then writes that down.
        if let Ok(pid) = i32::try_from(self.process.id()) {
            let _ = signal::kill(Pid::from_raw(pid), Signal::SIGTERM);
        }
        let until = Instant::now() + PATIENCE;
        while matches!(self.process.try_wait(), Ok(None)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Brings the schema of a database up to date.
pub(crate) fn migrate(program: &Path, database_url: &str) -> Result<(), Failure> {
    let output = command(program, database_url).arg("migrate").output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into())
    }
}

/// The program with no setting of this process's environment but where its database is.
fn command(program: &Path, database_url: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PEOPLE_") {
            command.env_remove(name);
        }
    }
    command.env("DATABASE_URL", database_url);
    command
}

fn address(url: &str) -> Result<SocketAddr, Failure> {
    Ok(url.trim_start_matches("http://").trim_end_matches('/').parse()?)
}
