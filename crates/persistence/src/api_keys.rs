//! API keys. Only a hash of a secret is stored: secrets are long and random, so a plain one is enough.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{ApiKeyId, Scope, UserId, WorkspaceId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::Error;
use crate::schema::api_keys;

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
);

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// A key as its workspace sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What it is for, in its owner's words.
    pub name: String,
    /// The user it acts as.
    pub user_id: UserId,
    /// What it may do.
    pub scope: Scope,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

type ListedRow = (
    Uuid,
    String,
    Uuid,
    String,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
);

const LISTED: (
    api_keys::id,
    api_keys::name,
    api_keys::user_id,
    api_keys::scope,
    api_keys::created_at,
    api_keys::expires_at,
    api_keys::revoked_at,
) = (
    api_keys::id,
    api_keys::name,
    api_keys::user_id,
    api_keys::scope,
    api_keys::created_at,
    api_keys::expires_at,
    api_keys::revoked_at,
);

fn parse_scope(scope: &str, row: Uuid) -> Result<Scope, Error> {
    Scope::parse(scope).ok_or(Error::Inconsistent {
        table: "api_keys",
        column: "scope",
        row,
    })
}

fn listed(row: ListedRow) -> Result<ListedApiKey, Error> {
    let (id, name, user_id, scope, created_at, expires_at, revoked_at) = row;
    Ok(ListedApiKey {
        id: id.into(),
        name,
        user_id: user_id.into(),
        scope: parse_scope(&scope, id)?,
        created_at,
        expires_at,
        revoked_at,
    })
}

/// At most `limit` keys of a workspace, revoked and expired ones included, in the order of their ids, after this one.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn list(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<ListedApiKey>, Error> {
    let rows: Vec<ListedRow> = api_keys::table
        .filter(api_keys::workspace_id.eq(workspace_id.uuid()))
        .filter(api_keys::id.gt(after.unwrap_or(Uuid::nil())))
        .order(api_keys::id)
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(LISTED)
        .load(&mut connection)
        .await?;
    rows.into_iter().map(listed).collect()
}

/// The key of this id, if it is one of the workspace's.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn find(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: ApiKeyId,
) -> Result<Option<ListedApiKey>, Error> {
    let row: Option<ListedRow> = api_keys::table
        .find(id.uuid())
        .filter(api_keys::workspace_id.eq(workspace_id.uuid()))
        .select(LISTED)
        .first(&mut connection)
        .await
        .optional()?;
    row.map(listed).transpose()
}

/// The key with this secret, whatever its state or that of its user.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_secret(
    mut connection: &AsyncPgConnection,
    secret: &str,
) -> Result<Option<ApiKey>, Error> {
    let row: Option<Row> = api_keys::table
        .filter(api_keys::secret_hash.eq(hash(secret)))
        .select((
            api_keys::id,
            api_keys::workspace_id,
            api_keys::user_id,
            api_keys::scope,
            api_keys::expires_at,
            api_keys::revoked_at,
        ))
        .first(&mut connection)
        .await
        .optional()?;
    row.map(|(id, workspace_id, user_id, scope, expires_at, revoked_at)| {
        let scope = parse_scope(&scope, id)?;
        Ok(ApiKey {
            id: id.into(),
            workspace_id: workspace_id.into(),
            user_id: user_id.into(),
            scope,
            expires_at,
            revoked_at,
        })
    })
    .transpose()
}

/// Makes a key of this secret.
///
/// # Errors
/// [`Error::Conflict`] with `api_keys_secret_hash_unique` if there is one of this secret.
pub async fn insert(
    mut connection: &AsyncPgConnection,
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
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Revokes a key of a workspace for good; answers whether it has such a key. Once is enough: the first time stays.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: ApiKeyId,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let first = diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Timestamptz>>(
        "coalesce(revoked_at, ",
    )
    .bind::<diesel::sql_types::Timestamptz, _>(now)
    .sql(")");
    let key = api_keys::table
        .find(id.uuid())
        .filter(api_keys::workspace_id.eq(workspace_id.uuid()));
    let revoked = diesel::update(key)
        .set(api_keys::revoked_at.eq(first))
        .execute(&mut connection)
        .await?;
    Ok(revoked > 0)
}
