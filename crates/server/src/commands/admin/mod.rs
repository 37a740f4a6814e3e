//! `people admin`: workspaces, users, groups, custom fields and API keys from the command line, by the same operations
//! as the gRPC service.

mod answer;
mod field;
mod group;
mod key;
mod place;
mod user;
mod workspace;

use std::io::Write as _;

use clap::{Args, Subcommand};
use persistence::Database;

use super::Failure;
use crate::config::Config;
use crate::database::DatabaseHome;
use answer::Answer;

/// Set up workspaces: their users, groups, custom fields and API keys.
///
/// Works on the database of DATABASE_URL, or else on the program's own, also beside a running `people serve`, which
/// knows of every change within a second. No API key is needed: who has the database may do anything.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLE)]
pub(super) struct Admin {
    /// Answer in JSON, for programs
    #[arg(long, global = true)]
    json: bool,

    #[command(subcommand)]
    command: Command,
}

const EXAMPLE: &str = "\
A workspace from nothing:
  people admin workspace create 'Acme'
  people admin user create --name 'Ann Lee' --email ann@example.com
  people admin group create Clients
  people admin field create Clients Status --type singleSelect --option Active --option Lost
  people admin field create Clients Revenue --type numericField --format currency --currency EUR
  people admin key create --user ann@example.com --name 'the import' --scope write

With more than one workspace, --workspace says which: by its id or its name.";

#[derive(Debug, Subcommand)]
enum Command {
    Workspace(workspace::Workspaces),
    User(user::Users),
    Group(group::Groups),
    Field(field::Fields),
    Key(key::Keys),
}

impl Admin {
    pub(super) async fn run(&self, config: &Config) -> Result<(), Failure> {
        let home = DatabaseHome::open(config).await?;
        let answer = self.answer(config, &home).await;
        home.close().await;
        let text = answer?.into_text(self.json);
        Ok(std::io::stdout().write_all(text.as_bytes())?)
    }

    async fn answer(&self, config: &Config, home: &DatabaseHome) -> Result<Answer, Failure> {
        home.prepare(config).await?;
        let database: Database = home.pool(config)?;
        match &self.command {
            Command::Workspace(workspaces) => workspaces.run(&database).await,
            Command::User(users) => users.run(&database).await,
            Command::Group(groups) => groups.run(&database).await,
            Command::Field(fields) => fields.run(&database).await,
            Command::Key(keys) => keys.run(&database).await,
        }
    }
}
