//! `people admin workspace`.

use clap::{Args, Subcommand};
use persistence::{Database, workspaces};
use serde_json::json;

use super::answer::Answer;
use crate::commands::Failure;

/// Workspaces: each has its own users, groups and records, and sees nothing of the others
#[derive(Debug, Args)]
pub(super) struct Workspaces {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a workspace; users, groups and keys come next
    Create {
        /// Up to 255 characters
        name: String,
    },
    /// List the workspaces
    List,
}

impl Workspaces {
    pub(super) async fn run(&self, database: &Database) -> Result<Answer, Failure> {
        match &self.command {
            Command::Create { name } => create(database, name).await,
            Command::List => list(database).await,
        }
    }
}

async fn create(database: &Database, name: &str) -> Result<Answer, Failure> {
    let id = grpc::admin::create_workspace(database, name.to_owned()).await?;
    let name = name.trim();
    let text = format!(
        "Made the workspace {id} \"{name}\". Now a user:\n  \
         people admin user create --workspace {id} --name NAME --email EMAIL"
    );
    Ok(Answer::done(text, json!({"id": id.to_string(), "name": name})))
}

async fn list(database: &Database) -> Result<Answer, Failure> {
    let connection = database.connection().await?;
    let all = workspaces::list(&connection).await?;
    let record = |(id, name): (domain::WorkspaceId, String)| {
        let json = json!({"id": id.to_string(), "name": name});
        ([id.to_string(), name], json)
    };
    let none = "There is no workspace yet. Make one: people admin workspace create NAME";
    Ok(Answer::list(
        ["ID", "NAME"],
        all.into_iter().map(record).collect(),
        none,
    ))
}
