//! `people admin user`.

use clap::{Args, Subcommand};
use domain::User;
use grpc::admin::Administrator;
use persistence::Database;
use proto::v1::{CreateUserRequest, DeactivateUserRequest};
use serde_json::{Value, json};

use super::answer::{Answer, time};
use super::place::InWorkspace;
use crate::commands::Failure;

/// Users: who works in the workspace. API keys act as a user
#[derive(Debug, Args)]
pub(super) struct Users {
    #[command(flatten)]
    place: InWorkspace,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a user
    #[command(after_help = "Example:\n  people admin user create --name 'Ann Lee' --email ann@example.com")]
    Create {
        /// The full name, up to 1,000 characters
        #[arg(long)]
        name: String,
        /// The email address; no two users of a workspace share one
        #[arg(long)]
        email: String,
    },
    /// List the users, deactivated ones included
    List,
    /// Deactivate a user for good: the user's keys end, and what refers to the user stays
    Deactivate {
        /// The id or the email address
        #[arg(value_name = "ID_OR_EMAIL")]
        user: String,
    },
}

impl Users {
    pub(super) async fn run(&self, database: &Database) -> Result<Answer, Failure> {
        let administrator = self.place.administrator(database).await?;
        match &self.command {
            Command::Create { name, email } => create(&administrator, name, email, &self.place.again()).await,
            Command::List => list(&administrator).await,
            Command::Deactivate { user } => deactivate(&administrator, user).await,
        }
    }
}

/// The user of this id or address.
pub(super) async fn find(administrator: &Administrator, asked: &str) -> Result<User, Failure> {
    let key = domain::EmailKey::new(asked);
    let users = administrator.users().await?;
    let found = users
        .into_iter()
        .find(|user| user.id.to_string() == asked || domain::EmailKey::new(&user.email) == key);
    found.ok_or_else(|| format!("there is no user \"{asked}\"; see: people admin user list").into())
}

async fn create(
    administrator: &Administrator,
    name: &str,
    email: &str,
    place: &str,
) -> Result<Answer, Failure> {
    let user = proto::v1::User {
        id: String::new(),
        full_name: name.to_owned(),
        email: email.to_owned(),
    };
    let request = CreateUserRequest {
        user: Some(user),
        validate_only: false,
    };
    let made = administrator.create_user(request).await?;
    let text = format!(
        "Made the user {} {} <{}>. A key to act as the user:\n  \
         people admin key create{place} --user {} --name NAME --scope write",
        made.id, made.full_name, made.email, made.email
    );
    Ok(Answer::done(text, shown(&find(administrator, &made.id).await?)))
}

async fn list(administrator: &Administrator) -> Result<Answer, Failure> {
    let record = |user: User| {
        let state = match user.deactivated_at {
            Some(at) => format!("deactivated {}", time(at)),
            None => "active".to_owned(),
        };
        let json = shown(&user);
        let User {
            id,
            full_name,
            email,
            deactivated_at: _,
        } = user;
        ([id.to_string(), full_name, email, state], json)
    };
    let users = administrator.users().await?;
    let none = "There is no user yet. Make one: people admin user create --name NAME --email EMAIL";
    Ok(Answer::list(
        ["ID", "NAME", "EMAIL", "STATE"],
        users.into_iter().map(record).collect(),
        none,
    ))
}

async fn deactivate(administrator: &Administrator, asked: &str) -> Result<Answer, Failure> {
    let id = find(administrator, asked).await?.id.to_string();
    administrator
        .deactivate_user(DeactivateUserRequest { id: id.clone() })
        .await?;
    let user = find(administrator, &id).await?;
    let text = format!(
        "Deactivated {id} {}. The user's keys end within a second.",
        user.full_name
    );
    Ok(Answer::done(text, shown(&user)))
}

fn shown(user: &User) -> Value {
    let User {
        id,
        full_name,
        email,
        deactivated_at,
    } = user;
    json!({
        "id": id.to_string(),
        "fullName": full_name,
        "email": email,
        "deactivatedAt": deactivated_at.map(time),
    })
}
