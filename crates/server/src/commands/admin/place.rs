//! Which workspace and which group a command is about.

use clap::Args;
use grpc::admin::Administrator;
use persistence::{Database, workspaces};
use proto::v1::Group;

use crate::commands::Failure;

/// The workspace of a command.
#[derive(Debug, Args)]
pub(super) struct InWorkspace {
    /// The workspace, by id or name; may be left out when there is just one
    #[arg(long, global = true, value_name = "ID_OR_NAME")]
    workspace: Option<String>,
}

impl InWorkspace {
    /// The flag as it was given, to be shown in a command that comes next.
    pub(super) fn again(&self) -> String {
        match &self.workspace {
            Some(asked) => format!(" --workspace '{}'", asked.replace('\'', r"'\''")),
            None => String::new(),
        }
    }

    /// Who may do anything in it.
    pub(super) async fn administrator(&self, database: &Database) -> Result<Administrator, Failure> {
        let connection = database.connection().await?;
        let all: Vec<(String, _, String)> = workspaces::list(&connection)
            .await?
            .into_iter()
            .map(|(id, name)| (id.to_string(), id, name))
            .collect();
        drop(connection);
        let asked = |(id, _, name): &&(String, domain::WorkspaceId, String)| {
            self.workspace
                .as_ref()
                .is_none_or(|asked| asked == id || asked == name)
        };
        let found: Vec<_> = all.iter().filter(asked).collect();
        match (found.as_slice(), &self.workspace) {
            ([(_, id, _)], _) => Ok(Administrator::of_database(database.clone(), *id)),
            (_, _) if all.is_empty() => {
                Err("there is no workspace yet; make one: people admin workspace create NAME".into())
            }
            ([], _) => Err(one_of(
                "there is no such workspace; --workspace takes one of these",
                &all,
            )),
            (_, None) => Err(one_of("say which workspace with --workspace", &all)),
            (_, Some(_)) => Err(one_of(
                "several workspaces have this name; say which by id with --workspace",
                &all,
            )),
        }
    }
}

fn one_of(what: &str, all: &[(String, domain::WorkspaceId, String)]) -> Failure {
    let lines = all.iter().map(|(id, _, name)| format!("\n  {id}  {name}"));
    format!("{what}:{}", lines.collect::<String>()).into()
}

/// The group of this id or name.
pub(super) async fn group(administrator: &Administrator, asked: &str) -> Result<Group, Failure> {
    let mut found = administrator.groups().await?;
    found.retain(|group| group.id == asked || group.name == asked);
    match (found.pop(), found.is_empty()) {
        (Some(group), true) => Ok(group),
        (Some(_), false) => Err(format!(
            "several groups are called \"{asked}\"; say which by its id: people admin group list"
        )
        .into()),
        (None, _) => Err(format!("there is no group \"{asked}\"; see: people admin group list").into()),
    }
}
