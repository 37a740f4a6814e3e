//! API keys. Only a hash of a secret is stored: secrets are long and random, so a plain one is enough.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{ApiKeyId, Scope, UserId, WorkspaceId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::Error;
use crate::schema::{api_keys, users};

/// What a key is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The key's id; not its secret.
    pub id: ApiKeyId,
    /// The workspace it opens.
    pub workspace_id: WorkspaceId,
    /// The user it acts as.
    pub user_id: UserId,
    /// What it may do.
    pub scope: Scope,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When its user was deactivated.
    pub user_deactivated_at: Option<DateTime<Utc>>,
}

/// A key that is yet to be made.
#[derive(Debug)]
pub struct NewApiKey<'a> {
    /// Its id.
    pub id: ApiKeyId,
    /// The workspace it opens.
    pub workspace_id: WorkspaceId,
    /// The user it acts as.
    pub user_id: UserId,
    /// What it is for, in its owner's words.
    pub name: &'a str,
    /// What it may do.
    pub scope: Scope,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

type Row = (
    Uuid,
    Uuid,
    Uuid,
    String,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
);

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// The key with this secret, whatever its state.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_secret(
    connection: &mut AsyncPgConnection,
    secret: &str,
) -> Result<Option<ApiKey>, Error> {
    let row: Option<Row> = api_keys::table
        .inner_join(
            users::table.on(users::workspace_id
                .eq(api_keys::workspace_id)
                .and(users::id.eq(api_keys::user_id))),
        )
        .filter(api_keys::secret_hash.eq(hash(secret)))
        .select((
            api_keys::id,
            api_keys::workspace_id,
            api_keys::user_id,
            api_keys::scope,
            api_keys::expires_at,
            api_keys::revoked_at,
            users::deactivated_at,
        ))
        .first(connection)
        .await
        .optional()?;
    row.map(
        |(id, workspace_id, user_id, scope, expires_at, revoked_at, user_deactivated_at)| {
            let scope = Scope::parse(&scope).ok_or(Error::Inconsistent {
                table: "api_keys",
                column: "scope",
                row: id,
            })?;
            Ok(ApiKey {
                id: id.into(),
                workspace_id: workspace_id.into(),
                user_id: user_id.into(),
                scope,
                expires_at,
                revoked_at,
                user_deactivated_at,
            })
        },
    )
    .transpose()
}

/// Makes a key of this secret.
///
/// # Errors
/// [`Error::Conflict`] with `api_keys_secret_hash_unique` if there is one of this secret.
pub async fn insert(
    connection: &mut AsyncPgConnection,
    key: &NewApiKey<'_>,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let NewApiKey {
        id,
        workspace_id,
        user_id,
        name,
        scope,
        expires_at,
    } = key;
    diesel::insert_into(api_keys::table)
        .values((
            api_keys::id.eq(id.uuid()),
            api_keys::workspace_id.eq(workspace_id.uuid()),
            api_keys::user_id.eq(user_id.uuid()),
            api_keys::name.eq(name),
            api_keys::secret_hash.eq(hash(secret)),
            api_keys::scope.eq(scope.as_str()),
            api_keys::created_at.eq(now),
            api_keys::expires_at.eq(expires_at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// Revokes a key for good; answers whether there is such a key.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(
    connection: &mut AsyncPgConnection,
    id: ApiKeyId,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let first = diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Timestamptz>>(
        "coalesce(revoked_at, ",
    )
    .bind::<diesel::sql_types::Timestamptz, _>(now)
    .sql(")");
    let revoked = diesel::update(api_keys::table.find(id.uuid()))
        .set(api_keys::revoked_at.eq(first))
        .execute(connection)
        .await?;
    Ok(revoked > 0)
}
