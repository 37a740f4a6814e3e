//! The users of a workspace.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{EmailKey, User, UserId, WorkspaceId};
use uuid::Uuid;

use crate::schema::users;
use crate::{Error, definitions};

/// The form in which addresses are compared.
pub(crate) fn email_key(email: &str) -> String {
    EmailKey::new(email).as_str().to_owned()
}

/// Makes a user.
///
/// # Errors
/// [`Error::Conflict`] with `users_email_unique` if another user has the address.
pub async fn insert(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    user: &User,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let User {
        id,
        full_name,
        email,
        deactivated_at,
    } = user;
    definitions::bump(connection, workspace_id).await?;
    diesel::insert_into(users::table)
        .values((
            users::workspace_id.eq(workspace_id.uuid()),
            users::id.eq(id.uuid()),
            users::full_name.eq(full_name),
            users::email.eq(email),
            users::email_key.eq(email_key(email)),
            users::created_at.eq(now),
            users::deactivated_at.eq(deactivated_at),
        ))
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Deactivates a user for good; answers whether there is such a user. Once is enough: the first time stays.
///
/// # Errors
/// When the database does not answer.
pub async fn deactivate(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: UserId,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    definitions::bump(connection, workspace_id).await?;
    let there = users::table
        .find((workspace_id.uuid(), id.uuid()))
        .select(users::deactivated_at)
        .first::<Option<DateTime<Utc>>>(&mut connection)
        .await
        .optional()?;
    match there {
        None => Ok(false),
        Some(Some(_)) => Ok(true),
        Some(None) => {
            diesel::update(users::table.find((workspace_id.uuid(), id.uuid())))
                .set(users::deactivated_at.eq(now))
                .execute(&mut connection)
                .await?;
            Ok(true)
        }
    }
}

/// Whether there is such a user who has not been deactivated.
///
/// # Errors
/// When the database does not answer.
pub async fn is_active(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: UserId,
) -> Result<bool, Error> {
    let active = users::table
        .find((workspace_id.uuid(), id.uuid()))
        .filter(users::deactivated_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(active))
        .get_result(&mut connection)
        .await?)
}

/// The user of this address, ignoring case.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_email(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    email: &str,
) -> Result<Option<UserId>, Error> {
    let id: Option<Uuid> = users::table
        .filter(users::workspace_id.eq(workspace_id.uuid()))
        .filter(users::email_key.eq(email_key(email)))
        .select(users::id)
        .first(&mut connection)
        .await
        .optional()?;
    Ok(id.map(UserId::new))
}
