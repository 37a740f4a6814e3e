//! A running `people serve` of any kind.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};

/// A cold debug build on a busy machine starts and ends well within this.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `people serve` of any kind, killed when dropped.
pub struct Program {
    process: Child,
    rest: Option<SocketAddr>,
    grpc: Option<SocketAddr>,
    operator: Option<SocketAddr>,
}

impl Program {
    /// Starts it on free ports; it says itself where it listens.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start(mut command: Command) -> Self {
        command
            .env("PEOPLE_REST_ADDR", "127.0.0.1:0")
            .env("PEOPLE_GRPC_ADDR", "127.0.0.1:0")
            .kill_on_drop(true)
            .stdout(Stdio::piped());
        if !command
            .as_std()
            .get_envs()
            .any(|(name, value)| name == "PEOPLE_LOG" && value.is_some())
        {
            command.env("PEOPLE_LOG", "warn");
        }
        let mut process = command
            .spawn()
            .expect("the program under test; build it with `cargo build -p server`");
        let output = process.stdout.take().expect("its output");
        let addresses = tokio::time::timeout(PATIENCE, addresses(output))
            .await
            .expect("a start in time");
        let [rest, grpc, operator] = addresses;
        Self {
            process,
            rest,
            grpc,
            operator,
        }
    }

    /// Where REST clients connect.
    ///
    /// # Panics
    /// If it has no such listener.
    #[must_use]
    pub fn rest(&self) -> SocketAddr {
        self.rest.expect("a listener for REST")
    }

    /// Where gRPC clients connect.
    ///
    /// # Panics
    /// If it has no such listener.
    #[must_use]
    pub fn grpc(&self) -> SocketAddr {
        self.grpc.expect("a listener for gRPC")
    }

    /// Where operators ask.
    ///
    /// # Panics
    /// If it has no such listener.
    #[must_use]
    pub fn operator(&self) -> SocketAddr {
        self.operator.expect("a listener for operators")
    }

    /// Whether it serves just one of the two.
    #[must_use]
    pub fn serves_one_alone(&self) -> bool {
        self.rest.is_some() != self.grpc.is_some()
    }

    /// The id of its process.
    ///
    /// # Panics
    /// If it has ended.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id().expect("a running program")
    }

    /// Asks it to end with SIGTERM, and does not wait for it.
    ///
    /// # Panics
    /// If it cannot be asked.
    pub async fn terminate(&self) {
        let id = self.id().to_string();
        let killed = Command::new("kill").arg(&id).status().await.expect("kill");
        assert!(killed.success());
    }

    /// Waits until it is gone, and well.
    ///
    /// # Panics
    /// If it does not end, or not well.
    pub async fn ended(mut self) {
        let status = tokio::time::timeout(PATIENCE, self.process.wait())
            .await
            .expect("an end in time")
            .expect("a status");
        assert_eq!(status.code(), Some(0), "ends well on SIGTERM");
    }

    /// Kills it as a crash would.
    ///
    /// # Panics
    /// If it cannot be killed.
    pub async fn kill(mut self) {
        self.process.kill().await.expect("the program is gone");
    }
}

/// The addresses in the text that the program greets with.
async fn addresses(output: ChildStdout) -> [Option<SocketAddr>; 3] {
    let mut lines = BufReader::new(output).lines();
    let (mut rest, mut grpc, mut operator) = (None, None, None);
    loop {
        let line = lines.next_line().await.expect("text");
        let line = line.expect("the program ended before it said where it listens");
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("REST"), Some(url)) => rest = address(url),
            (Some("gRPC"), Some(url)) => grpc = address(url),
            (Some("metrics"), Some(url)) => operator = address(url),
            // An empty line ends the list of addresses.
            (None, None) if rest.is_some() || grpc.is_some() => break,
            _ => {}
        }
    }
    // What it says later must not block it.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    [rest, grpc, operator]
}

fn address(url: &str) -> Option<SocketAddr> {
    let (_, place) = url.split_once("://")?;
    place.split('/').next()?.parse().ok()
}
