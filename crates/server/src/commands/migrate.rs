//! `people migrate`.

use std::io::Write as _;

use clap::Args;

use super::Failure;
use crate::config::Config;
use crate::database::{self, DatabaseHome};

/// Bring the database's schema up to date.
///
/// `people serve` does so by itself unless PEOPLE_MIGRATE is false. Programs that migrate at the same moment wait for
/// each other.
#[derive(Debug, Args)]
pub(super) struct Migrate {}

impl Migrate {
    pub(super) async fn run(&self, config: &Config) -> Result<(), Failure> {
        let home = DatabaseHome::open(config).await?;
        let said = bring_up_to_date(&home).await;
        home.close().await;
        Ok(std::io::stdout().write_all(said?.as_bytes())?)
    }
}

async fn bring_up_to_date(home: &DatabaseHome) -> Result<String, Failure> {
    let applied = home.migrate().await?;
    let state = persistence::schema_state(home.url()).await?;
    Ok(match (database::newer(&state), applied) {
        // Not an error: who goes back to an older program must be able to start it.
        (Some(newer), _) => format!("Nothing is left to do: {newer}.\n"),
        (None, 0) => "The schema was up to date.\n".to_owned(),
        (None, applied) => format!("The schema is up to date: {applied} migrations were applied.\n"),
    })
}
