//! `people admin key`.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use grpc::admin::Administrator;
use persistence::Database;
use prost_types::Timestamp;
use proto::v1::api_key::Scope;
use proto::v1::{ApiKey, CreateApiKeyRequest, RevokeApiKeyRequest};
use serde_json::{Value, json};

use super::answer::{Answer, moment, time, time_json};
use super::place::InWorkspace;
use super::user;
use crate::commands::Failure;

/// API keys: what programs send as `Authorization: Bearer KEY`
#[derive(Debug, Args)]
pub(super) struct Keys {
    #[command(flatten)]
    place: InWorkspace,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a key and print its secret, which is shown this once: only a hash of it is kept
    #[command(after_help = "\
Examples:
  people admin key create --user ann@example.com --name 'the import' --scope write
  people admin key create --user ann@example.com --name 'a visit' --scope read --expires 2030-01-31
  KEY=$(people admin key create --user ann@example.com --name ci --scope admin --json | jq -r .secret)")]
    Create {
        /// The user that the key acts as, by id or email address
        #[arg(long, value_name = "ID_OR_EMAIL")]
        user: String,
        /// What the key is for, up to 255 characters
        #[arg(long)]
        name: String,
        /// What the key may do: read records, also write them, also administer the workspace
        #[arg(long, value_parser = PossibleValuesParser::new(domain::Scope::ALL.map(domain::Scope::as_str)))]
        scope: String,
        /// When the key ends by itself: a day (its beginning, UTC) or a moment such as 2030-01-31T12:00:00Z
        #[arg(long, value_name = "TIME", value_parser = read_time)]
        expires: Option<DateTime<Utc>>,
    },
    /// List the keys, revoked and expired ones included; never their secrets
    List,
    /// Revoke a key for good; every running `people serve` refuses it within a second
    Revoke {
        /// The key's id, such as `people admin key list` shows it
        id: String,
    },
}

fn read_time(text: &str) -> Result<DateTime<Utc>, String> {
    let moment = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
    let day =
        || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN).and_utc());
    moment
        .or_else(|_| day())
        .map_err(|_| "a day such as 2030-01-31 or a moment such as 2030-01-31T12:00:00Z is needed".to_owned())
}

impl Keys {
    pub(super) async fn run(&self, database: &Database) -> Result<Answer, Failure> {
        let administrator = self.place.administrator(database).await?;
        match &self.command {
            Command::Create {
                user,
                name,
                scope,
                expires,
            } => create(&administrator, user, name, scope, *expires).await,
            Command::List => list(&administrator).await,
            Command::Revoke { id } => revoke(&administrator, id).await,
        }
    }
}

async fn create(
    administrator: &Administrator,
    user: &str,
    name: &str,
    scope: &str,
    expires: Option<DateTime<Utc>>,
) -> Result<Answer, Failure> {
    let scope = match domain::Scope::parse(scope) {
        Some(domain::Scope::Read) => Scope::Read,
        Some(domain::Scope::Write) => Scope::Write,
        Some(domain::Scope::Admin) => Scope::Admin,
        None => Scope::Unspecified,
    };
    let key = ApiKey {
        name: name.to_owned(),
        user_id: user::find(administrator, user).await?.id.to_string(),
        scope: scope.into(),
        expire_time: expires.map(|at| Timestamp {
            seconds: at.timestamp(),
            nanos: at.timestamp_subsec_nanos().cast_signed(),
        }),
        ..ApiKey::default()
    };
    let request = CreateApiKeyRequest {
        api_key: Some(key),
        validate_only: false,
    };
    let made = administrator.create_api_key(request).await?;
    let text = format!(
        "Made the key {} \"{}\". Its secret, which is shown only now:\n\n  {}",
        made.id, made.name, made.secret
    );
    let mut json = shown(&made);
    json["secret"] = json!(made.secret);
    Ok(Answer::done(text, json))
}

async fn list(administrator: &Administrator) -> Result<Answer, Failure> {
    let keys = administrator.api_keys().await?;
    let record = |key: ApiKey| {
        let json = shown(&key);
        let row = [
            key.id.clone(),
            key.name.clone(),
            key.user_id.clone(),
            scope(&key).to_owned(),
            state(&key),
        ];
        (row, json)
    };
    let none =
        "There is no key yet. Make one: people admin key create --user EMAIL --name NAME --scope write";
    Ok(Answer::list(
        ["ID", "NAME", "USER", "SCOPE", "STATE"],
        keys.into_iter().map(record).collect(),
        none,
    ))
}

async fn revoke(administrator: &Administrator, id: &str) -> Result<Answer, Failure> {
    let request = RevokeApiKeyRequest { id: id.to_owned() };
    let key = administrator.revoke_api_key(request).await?;
    let text = format!(
        "Revoked the key {} \"{}\". It ends within a second.",
        key.id, key.name
    );
    Ok(Answer::done(text, shown(&key)))
}

fn scope(key: &ApiKey) -> &'static str {
    match key.scope() {
        Scope::Unspecified => "",
        Scope::Read => domain::Scope::Read.as_str(),
        Scope::Write => domain::Scope::Write.as_str(),
        Scope::Admin => domain::Scope::Admin.as_str(),
    }
}

fn state(key: &ApiKey) -> String {
    let revoked = key.revoke_time.as_ref().and_then(moment);
    let expires = key.expire_time.as_ref().and_then(moment);
    match (revoked, expires) {
        (Some(at), _) => format!("revoked {}", time(at)),
        (None, Some(at)) if at <= grpc::clock::now() => format!("expired {}", time(at)),
        (None, Some(at)) => format!("good until {}", time(at)),
        (None, None) => "good".to_owned(),
    }
}

/// All but the secret.
fn shown(key: &ApiKey) -> Value {
    let ApiKey {
        id,
        name,
        user_id,
        scope: _,
        create_time,
        expire_time,
        revoke_time,
        secret: _,
    } = key;
    json!({
        "id": id,
        "name": name,
        "userId": user_id,
        "scope": scope(key),
        "createdAt": time_json(create_time.as_ref()),
        "expiresAt": time_json(expire_time.as_ref()),
        "revokedAt": time_json(revoke_time.as_ref()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ends_at_a_moment_or_at_the_beginning_of_a_day() {
        let day = read_time("2030-01-31").unwrap();
        assert_eq!(time(day), "2030-01-31T00:00:00.000Z");
        assert_eq!(read_time("2030-01-31T01:00:00+01:00"), Ok(day));
        for wrong in ["", "tomorrow", "2030-02-30", "2030-01-31 12:00"] {
            assert!(read_time(wrong).is_err(), "{wrong}");
        }
    }
}
