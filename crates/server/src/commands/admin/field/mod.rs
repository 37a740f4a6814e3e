//! `people admin field`.

mod change;
mod create;
mod delete;
mod list;
mod option;
mod show;

use clap::{Args, Subcommand};
use grpc::admin::Administrator;
use persistence::Database;
use proto::v1::{CustomField, Group};

use super::answer::Answer;
use super::place::InWorkspace;
use crate::commands::Failure;

/// Custom fields: what a group keeps of its people, its companies, or its objects such as deals
#[derive(Debug, Args)]
pub(super) struct Fields {
    #[command(flatten)]
    place: InWorkspace,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Create(create::Create),
    List(list::List),
    Change(change::Change),
    Delete(delete::Delete),
}

impl Fields {
    pub(super) async fn run(&self, database: &Database) -> Result<Answer, Failure> {
        let administrator = self.place.administrator(database).await?;
        match &self.command {
            Command::Create(create) => create.run(&administrator).await,
            Command::List(list) => list.run(&administrator).await,
            Command::Change(change) => change.run(&administrator).await,
            Command::Delete(delete) => delete.run(&administrator).await,
        }
    }
}

/// For whose fields a command is meant.
#[derive(Debug, Args)]
struct Owner {
    /// Whose field it is: `person`, `company`, or a kind of objects by the name of the objectField that points to it
    #[arg(long = "for", value_name = "KIND", default_value = "person")]
    entity_type: String,
}

/// The field of this name as it is now.
async fn find(
    administrator: &Administrator,
    group: &Group,
    entity_type: &str,
    name: &str,
) -> Result<CustomField, Failure> {
    let fields = administrator.custom_fields().await?;
    let found = fields
        .into_iter()
        .find(|field| field.group_id == group.id && field.entity_type == entity_type && field.name == name);
    found.ok_or_else(|| {
        format!(
            "the group \"{}\" has no field \"{name}\" for {entity_type}; see: people admin field list {}",
            group.name, group.id
        )
        .into()
    })
}
