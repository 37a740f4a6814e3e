//! `people migrate`.

use std::io::Write as _;

use clap::Args;

use super::Failure;
use crate::config::Config;
use crate::database::DatabaseHome;

/// Bring the database's schema up to date.
///
/// `people serve` does so by itself unless PEOPLE_MIGRATE is false. Programs that migrate at the same moment wait for
/// each other.
#[derive(Debug, Args)]
pub(super) struct Migrate {}

impl Migrate {
    pub(super) async fn run(&self, config: &Config) -> Result<(), Failure> {
        let home = DatabaseHome::open(config).await?;
        let migrated = persistence::migrate(home.url()).await;
        home.close().await;
        let text = match migrated? {
            0 => "The schema was up to date.\n".to_owned(),
            applied => format!("The schema is up to date: {applied} migrations were applied.\n"),
        };
        Ok(std::io::stdout().write_all(text.as_bytes())?)
    }
}
