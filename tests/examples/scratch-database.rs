//! Runs a command with `DATABASE_URL` set to a fresh database with every migration applied, gone afterwards.

use std::process::ExitCode;

use tests::TestDatabase;
use tokio::process::Command;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => code,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a command line tool")]
            {
                eprintln!("scratch-database: {error}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments
        .next()
        .ok_or("usage: scratch-database <command> [argument...]")?;
    let database = TestDatabase::empty().await;
    persistence::migrate(database.url()).await?;
    let status = Command::new(program)
        .args(arguments)
        .env("DATABASE_URL", database.url())
        .status()
        .await?;
    let code = status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(1);
    Ok(ExitCode::from(code))
}
