//! The real program on sockets of its own.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::{Api, GrpcClient, RestClient, TestDatabase, binary, fixture};

/// A cold debug build on a busy machine starts well within this.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `people serve`, killed when dropped.
pub struct TestServer {
    /// Its database.
    pub database: TestDatabase,
    /// Where REST clients connect.
    pub rest: SocketAddr,
    /// Where gRPC clients connect.
    pub grpc: SocketAddr,
    process: Child,
}

impl TestServer {
    /// Starts the program on a fresh database with the fixture.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start() -> Self {
        Self::start_with(TestDatabase::new().await, &[]).await
    }

    /// Starts the program on this database with these settings in its environment.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start_with(database: TestDatabase, environment: &[(&str, &str)]) -> Self {
        let mut command = binary::command(database.url());
        command.arg("serve").envs(environment.iter().copied());
        let (process, rest, grpc) = started(command).await;
        Self {
            database,
            rest,
            grpc,
            process,
        }
    }

    /// Ends the program with SIGTERM, and waits until it is gone.
    ///
    /// # Panics
    /// If it does not end, or not well.
    pub async fn stop(mut self) -> TestDatabase {
        let id = self.process.id().expect("a running program").to_string();
        let killed = Command::new("kill").arg(&id).status().await.expect("kill");
        assert!(killed.success());
        let status = tokio::time::timeout(PATIENCE, self.process.wait())
            .await
            .expect("an end in time");
        assert!(status.expect("a status").success(), "ends well on SIGTERM");
        self.database
    }

    /// Kills the program as a crash would.
    ///
    /// # Panics
    /// If it cannot be killed.
    pub async fn kill(mut self) -> TestDatabase {
        self.process.kill().await.expect("the program is gone");
        self.database
    }

    /// A REST client with the fixture's main key.
    #[must_use]
    pub fn rest(&self) -> RestClient {
        self.rest_as(fixture::KEY)
    }

    /// A REST client with this key.
    #[must_use]
    pub fn rest_as(&self, key: &str) -> RestClient {
        RestClient {
            address: self.rest,
            key: key.to_owned(),
        }
    }

    /// A gRPC client with this key.
    #[must_use]
    pub fn grpc_as(&self, key: &str) -> GrpcClient {
        GrpcClient::new(self.grpc, key)
    }

    /// Both doors with the fixture's main key.
    #[must_use]
    pub fn both(&self) -> [Api; 2] {
        self.both_as(fixture::KEY)
    }

    /// Both doors with this key.
    #[must_use]
    pub fn both_as(&self, key: &str) -> [Api; 2] {
        [
            Api::Rest(self.rest_as(key)),
            Api::Grpc(Box::new(self.grpc_as(key))),
        ]
    }
}

/// Starts the program; it says itself where it listens.
async fn started(mut command: Command) -> (Child, SocketAddr, SocketAddr) {
    command
        .env("PEOPLE_REST_ADDR", "127.0.0.1:0")
        .env("PEOPLE_GRPC_ADDR", "127.0.0.1:0")
        .env("PEOPLE_LOG", "warn")
        .stdout(Stdio::piped());
    let mut process = command
        .spawn()
        .expect("the program under test; build it with `cargo build -p server`");
    let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
    let (mut rest, mut grpc) = (None, None);
    let addresses = async {
        while let Some(line) = lines.next_line().await.expect("text") {
            let mut words = line.split_whitespace();
            match (words.next(), words.next()) {
                (Some("REST"), Some(url)) => rest = address(url),
                (Some("gRPC"), Some(url)) => grpc = address(url),
                _ => {}
            }
            if let (Some(rest), Some(grpc)) = (rest, grpc) {
                return (rest, grpc);
            }
        }
        panic!("the program ended before it said where it listens");
    };
    let (rest, grpc) = tokio::time::timeout(PATIENCE, addresses)
        .await
        .expect("a start in time");
    // What it says later must not block it.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (process, rest, grpc)
}

fn address(url: &str) -> Option<SocketAddr> {
    url.trim_start_matches("http://")
        .trim_end_matches('/')
        .parse()
        .ok()
}
