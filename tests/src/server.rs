//! The real program on sockets of its own.

use std::net::SocketAddr;

use serde_json::json;

use crate::program::Program;
use crate::{Api, GrpcClient, RestClient, TestDatabase, Usage, binary, fixture};

/// A running `people serve` over a database of its own, killed when dropped.
pub struct TestServer {
    /// Its database.
    pub database: TestDatabase,
    /// Where REST clients connect.
    pub rest: SocketAddr,
    /// Where gRPC clients connect.
    pub grpc: SocketAddr,
    program: Program,
}

impl TestServer {
    /// Starts the program on a fresh database with the fixture.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start() -> Self {
        Self::start_with(TestDatabase::new().await, &[]).await
    }

    /// Starts the program on a fresh database with the fixture, without a limit on the rate of calls.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn unlimited() -> Self {
        Self::start_with(TestDatabase::new().await, &[("PEOPLE_RATE_LIMIT", "0")]).await
    }

    /// Starts the program on this database with these settings in its environment.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start_with(database: TestDatabase, environment: &[(&str, &str)]) -> Self {
        let url = database.url().to_owned();
        Self::start_at(database, &url, environment).await
    }

    /// Starts the program on this database, which it reaches by this URL, with these settings in its environment.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start_at(database: TestDatabase, url: &str, environment: &[(&str, &str)]) -> Self {
        let mut command = binary::command(url);
        command.arg("serve").envs(environment.iter().copied());
        let program = Program::start(command).await;
        Self {
            database,
            rest: program.rest(),
            grpc: program.grpc(),
            program,
        }
    }

    /// Asks the program to end with SIGTERM, and does not wait for it.
    ///
    /// # Panics
    /// If it cannot be asked.
    pub async fn terminate(&self) {
        self.program.terminate().await;
    }

    /// Waits until the program is gone, and well.
    ///
    /// # Panics
    /// If it does not end, or not well.
    pub async fn ended(self) -> TestDatabase {
        self.program.ended().await;
        self.database
    }

    /// Ends the program with SIGTERM, and waits until it is gone.
    ///
    /// # Panics
    /// If it does not end, or not well.
    pub async fn stop(self) -> TestDatabase {
        self.terminate().await;
        self.ended().await
    }

    /// Kills the program as a crash would.
    ///
    /// # Panics
    /// If it cannot be killed.
    pub async fn kill(self) -> TestDatabase {
        self.program.kill().await;
        self.database
    }

    /// What its process has.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.program.id()
    }

    /// What the program has of the machine.
    #[must_use]
    pub fn usage(&self) -> Usage {
        Usage::of(self.program.id())
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

    /// A client of the listener for operators, which knows no keys.
    ///
    /// # Panics
    /// If `PEOPLE_METRICS_ADDR` was not among the settings.
    #[must_use]
    pub fn operator(&self) -> RestClient {
        RestClient {
            address: self.program.operator(),
            key: String::new(),
        }
    }

    /// A gRPC client with this key.
    #[must_use]
    pub fn grpc_as(&self, key: &str) -> GrpcClient {
        GrpcClient::new(self.grpc, key)
    }

    /// Defines, in the group Everything, a field of every type for this kind of records: those that people have there
    /// but for Renamed.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn define_fields(&self, entity_type: &str) {
        let path = format!(
            "/v1/groups/{}/custom-fields/{}",
            fixture::EVERYTHING,
            crate::encoded(entity_type)
        );
        for (name, kind) in [
            ("Text", "textField"),
            ("Magic", "magicField"),
            ("Number", "numericField"),
            ("Date", "dateField"),
            ("Select", "singleSelect"),
            ("Multiple", "multipleSelect"),
            ("Contacts", "contactField"),
            ("Users", "userField"),
            ("Deals", "objectField"),
        ] {
            let mut field = json!({"name": name, "type": kind});
            if ["Select", "Multiple"].contains(&name) {
                field["options"] = json!([{"label": "A"}, {"label": "B"}, {"label": "C"}]);
            }
            let answer = self.rest().send("POST", &path, field.to_string()).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
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
