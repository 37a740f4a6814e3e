//! Logged interactions with people and companies.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Contact, InteractionId, UserId, WorkspaceId};
use uuid::Uuid;

use crate::Error;
use crate::schema::interactions;

/// An interaction that is yet to be logged.
#[derive(Debug)]
pub struct NewInteraction<'a> {
    /// Its id.
    pub id: InteractionId,
    /// Who interacted.
    pub user_id: UserId,
    /// With whom.
    pub entity: Contact,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// What it was about.
    pub title: &'a str,
    /// What was said.
    pub content: &'a str,
    /// An emoji, or a name such as `call`.
    pub interaction_type: &'a str,
}

/// Logs an interaction.
///
/// # Errors
/// [`Error::Conflict`] if the id is taken or the user or record does not exist.
pub async fn insert(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    interaction: &NewInteraction<'_>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let NewInteraction {
        id,
        user_id,
        entity,
        occurred_at,
        title,
        content,
        interaction_type,
    } = interaction;
    let (person, company): (Option<Uuid>, Option<Uuid>) = match entity {
        Contact::Person(id) => (Some(id.uuid()), None),
        Contact::Company(id) => (None, Some(id.uuid())),
    };
    diesel::insert_into(interactions::table)
        .values((
            interactions::workspace_id.eq(workspace_id.uuid()),
            interactions::id.eq(id.uuid()),
            interactions::user_id.eq(user_id.uuid()),
            interactions::person_id.eq(person),
            interactions::company_id.eq(company),
            interactions::occurred_at.eq(occurred_at),
            interactions::title.eq(title),
            interactions::content.eq(content),
            interactions::type_.eq(interaction_type),
            interactions::created_at.eq(now),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
