//! Requests that named themselves, so that the same request is done once.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{UserId, WorkspaceId};
use uuid::Uuid;

use crate::Error;
use crate::schema::remembered_requests;

/// How long a request is remembered.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// A request by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRequest {
    /// Whose records it is about.
    pub workspace_id: WorkspaceId,
    /// Who makes it.
    pub user_id: UserId,
    /// What it asks for.
    pub operation: &'static str,
    /// Its name, of the caller's choice.
    pub request_id: String,
    /// SHA-256 of all that it says.
    pub hash: Vec<u8>,
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nothing: it is the caller's to do, and to [`keep`] the answer, in the transaction that asked.
    New,
    /// It was done; this was the answer.
    Done(Vec<u8>),
    /// It was done, and what it made was deleted since.
    Erased,
    /// Another request had this name.
    Other,
}

/// Claims a request. While another transaction holds the claim, this waits for its end.
///
/// # Errors
/// [`Error::Conflict`] if the claim changed at this moment; otherwise when the database does not answer.
pub async fn claim(
    mut connection: &AsyncPgConnection,
    request: &NamedRequest,
    now: DateTime<Utc>,
) -> Result<Claim, Error> {
    let NamedRequest {
        workspace_id,
        user_id,
        operation,
        request_id,
        hash,
    } = request;
    let of_user = remembered_requests::table
        .filter(remembered_requests::workspace_id.eq(workspace_id.uuid()))
        .filter(remembered_requests::user_id.eq(user_id.uuid()));
    diesel::delete(of_user.filter(remembered_requests::created_at.lt(now - KEPT_FOR)))
        .execute(&mut connection)
        .await?;
    let claimed = diesel::insert_into(remembered_requests::table)
        .values((
            remembered_requests::workspace_id.eq(workspace_id.uuid()),
            remembered_requests::user_id.eq(user_id.uuid()),
            remembered_requests::operation.eq(operation),
            remembered_requests::request_id.eq(request_id),
            remembered_requests::request_hash.eq(hash),
            remembered_requests::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut connection)
        .await?;
    if claimed > 0 {
        return Ok(Claim::New);
    }
    let key = (
        workspace_id.uuid(),
        user_id.uuid(),
        *operation,
        request_id.as_str(),
    );
    let known: Option<(Vec<u8>, Option<Vec<u8>>)> = remembered_requests::table
        .find(key)
        .select((remembered_requests::request_hash, remembered_requests::answer))
        .first(&mut connection)
        .await
        .optional()?;
    let Some((known_hash, answer)) = known else {
        // Its time was over at this moment.
        return Err(Error::Conflict { constraint: None });
    };
    Ok(match answer {
        _ if known_hash != *hash => Claim::Other,
        Some(answer) => Claim::Done(answer),
        None => Claim::Erased,
    })
}

/// Keeps the answer to a request that was claimed, with the records that it shows.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(
    mut connection: &AsyncPgConnection,
    request: &NamedRequest,
    answer: Vec<u8>,
    records: &[Uuid],
) -> Result<(), Error> {
    let NamedRequest {
        workspace_id,
        user_id,
        operation,
        request_id,
        hash: _,
    } = request;
    let key = (
        workspace_id.uuid(),
        user_id.uuid(),
        *operation,
        request_id.as_str(),
    );
    diesel::update(remembered_requests::table.find(key))
        .set((
            remembered_requests::answer.eq(answer),
            remembered_requests::record_ids.eq(records),
        ))
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Forgets every request of a workspace that has been remembered for long enough; answers how many those were.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_old(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    let old = remembered_requests::table
        .filter(remembered_requests::workspace_id.eq(workspace_id.uuid()))
        .filter(remembered_requests::created_at.lt(now - KEPT_FOR));
    Ok(diesel::delete(old).execute(&mut connection).await?)
}
