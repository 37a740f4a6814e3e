//! Logged interactions with people and companies.

use chrono::{DateTime, Utc};
use diesel::sql_types;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Contact, InteractionId, UserId, WorkspaceId};
use uuid::Uuid;

use crate::Error;

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
    diesel::sql_query(include_str!("interactions/insert.sql"))
        .bind::<sql_types::Uuid, _>(workspace_id.uuid())
        .bind::<sql_types::Uuid, _>(id.uuid())
        .bind::<sql_types::Uuid, _>(user_id.uuid())
        .bind::<sql_types::Nullable<sql_types::Uuid>, _>(person)
        .bind::<sql_types::Nullable<sql_types::Uuid>, _>(company)
        .bind::<sql_types::Timestamptz, _>(occurred_at)
        .bind::<sql_types::Text, _>(title)
        .bind::<sql_types::Text, _>(content)
        .bind::<sql_types::Text, _>(interaction_type)
        .bind::<sql_types::Timestamptz, _>(now)
        .execute(connection)
        .await?;
    Ok(())
}
