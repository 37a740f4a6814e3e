//! `people admin group`.

use clap::{Args, Subcommand};
use grpc::admin::Administrator;
use persistence::Database;
use proto::v1::{CreateGroupRequest, DeleteGroupRequest, Group, UpdateGroupRequest};
use serde_json::{Value, json};

use super::answer::Answer;
use super::place::{InWorkspace, group};
use crate::commands::Failure;

/// Groups: people and companies are members of groups, and have a group's custom fields while they are
#[derive(Debug, Args)]
pub(super) struct Groups {
    #[command(flatten)]
    place: InWorkspace,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a group
    Create {
        /// Up to 255 characters
        name: String,
    },
    /// List the groups
    List,
    /// Give a group another name
    Rename {
        /// The group, by id or name
        #[arg(value_name = "ID_OR_NAME")]
        group: String,
        /// The new name, up to 255 characters
        name: String,
    },
    /// Delete a group with its custom fields, all their values, its objects such as deals, and all memberships; people
    /// and companies stay
    Delete {
        /// The group, by id or name
        #[arg(value_name = "ID_OR_NAME")]
        group: String,
    },
}

impl Groups {
    pub(super) async fn run(&self, database: &Database) -> Result<Answer, Failure> {
        let administrator = self.place.administrator(database).await?;
        match &self.command {
            Command::Create { name } => create(&administrator, name, &self.place.again()).await,
            Command::List => list(&administrator).await,
            Command::Rename { group, name } => rename(&administrator, group, name).await,
            Command::Delete { group } => delete(&administrator, group).await,
        }
    }
}

async fn create(administrator: &Administrator, name: &str, place: &str) -> Result<Answer, Failure> {
    let request = CreateGroupRequest {
        group: Some(Group {
            id: String::new(),
            name: name.to_owned(),
        }),
        validate_only: false,
    };
    let made = administrator.create_group(request).await?;
    let text = format!(
        "Made the group {} \"{}\". A custom field for it:\n  \
         people admin field create{place} {} NAME --type textField",
        made.id, made.name, made.id
    );
    Ok(Answer::done(text, shown(&made)))
}

async fn list(administrator: &Administrator) -> Result<Answer, Failure> {
    let groups = administrator.groups().await?;
    let record = |group: Group| {
        let json = shown(&group);
        let Group { id, name } = group;
        ([id, name], json)
    };
    let none = "There is no group yet. Make one: people admin group create NAME";
    Ok(Answer::list(
        ["ID", "NAME"],
        groups.into_iter().map(record).collect(),
        none,
    ))
}

async fn rename(administrator: &Administrator, asked: &str, name: &str) -> Result<Answer, Failure> {
    let present = group(administrator, asked).await?;
    let request = UpdateGroupRequest {
        group: Some(Group {
            id: present.id,
            name: name.to_owned(),
        }),
        validate_only: false,
    };
    let renamed = administrator.update_group(request).await?;
    let text = format!("The group {} is called \"{}\" now.", renamed.id, renamed.name);
    Ok(Answer::done(text, shown(&renamed)))
}

async fn delete(administrator: &Administrator, asked: &str) -> Result<Answer, Failure> {
    let present = group(administrator, asked).await?;
    let id = present.id.clone();
    administrator.delete_group(DeleteGroupRequest { id }).await?;
    let text = format!("Deleted the group {} \"{}\".", present.id, present.name);
    Ok(Answer::done(text, shown(&present)))
}

fn shown(group: &Group) -> Value {
    let Group { id, name } = group;
    json!({"id": id, "name": name})
}
