//! The program under test.

use std::path::PathBuf;
use std::process::Output;

use tokio::process::Command;

/// Where it is: `PEOPLE_BIN`, or else the debug build.
#[must_use]
pub fn path() -> PathBuf {
    let built = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/people"));
    std::env::var_os("PEOPLE_BIN").map_or_else(built, PathBuf::from)
}

/// The program, with no setting of this process's environment but where its database is.
#[must_use]
pub fn command(database_url: &str) -> Command {
    let mut command = Command::new(path());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PEOPLE_") {
            command.env_remove(name);
        }
    }
    command.env("DATABASE_URL", database_url).kill_on_drop(true);
    command
}

/// Runs the program to its end.
///
/// # Panics
/// If it cannot be started.
pub async fn people(database_url: &str, arguments: &[&str]) -> Output {
    command(database_url)
        .args(arguments)
        .output()
        .await
        .expect("the program under test; build it with `cargo build -p server`")
}
