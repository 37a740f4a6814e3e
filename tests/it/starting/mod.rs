//! What the program says when it cannot start, to somebody who has never seen it: what is wrong, where, and what to do.

mod configuration;
mod data_directory;
mod doors_of_postgres;
mod schema;

use tests::command;
use tokio::process::Command;

/// What ends a start needs to say.
struct Refusal {
    said: String,
}

impl Refusal {
    /// Runs a program that is expected to end by itself, and soon.
    async fn of(mut command: Command) -> Self {
        let output = command
            .env("PEOPLE_REST_ADDR", "127.0.0.1:0")
            .env("PEOPLE_GRPC_ADDR", "127.0.0.1:0")
            .output()
            .await
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{said}");
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            "",
            "an error is no result"
        );
        Self { said }
    }

    /// Runs `people serve` on this database.
    async fn at(database_url: &str) -> Self {
        let mut serve = command(database_url);
        serve.arg("serve");
        Self::of(serve).await
    }

    /// It is one sentence of the program's own, with all of this in it.
    fn says(&self, parts: &[&str]) {
        let Self { said } = self;
        let error = said.lines().find_map(|line| line.strip_prefix("error: "));
        let error = error.unwrap_or_else(|| panic!("no error in {said}"));
        for part in parts {
            assert!(error.contains(part), "{part:?} in {said}");
        }
        assert!(!said.contains("panicked") && !said.contains(PASSWORD), "{said}");
    }
}

/// The password in all URLs of these tests.
const PASSWORD: &str = "hunter2";
