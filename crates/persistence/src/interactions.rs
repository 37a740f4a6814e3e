//! Logged interactions with people and companies, and what they amount to.

use chrono::{DateTime, Utc};
use diesel::OptionalExtension as _;
use diesel_async::AsyncPgConnection;
use domain::{Contact, InteractionDraft, InteractionId, UserId, WorkspaceId};
use serde::Serialize;
use uuid::Uuid;

use crate::Error;
use crate::statement::{Document, Statement};

#[derive(Debug, Serialize)]
struct Input<'a> {
    id: Uuid,
    user_id: Uuid,
    entity_id: Uuid,
    occurred_at: DateTime<Utc>,
    title: &'a str,
    content: &'a str,
    #[serde(rename = "type")]
    interaction_type: &'a str,
    now: DateTime<Utc>,
    store: bool,
}

/// Logs an interaction, counting it; without `store` only looks up with whom it is. Answers that record's name, or
/// nothing if there is no such record.
///
/// # Errors
/// [`Error::Conflict`] if the record was deleted at this moment.
pub async fn log(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: InteractionId,
    user_id: UserId,
    draft: &InteractionDraft,
    now: DateTime<Utc>,
    store: bool,
) -> Result<Option<String>, Error> {
    let InteractionDraft {
        entity,
        occurred_at,
        title,
        content,
        interaction_type,
    } = draft;
    let (sql, entity_id) = match entity {
        Contact::Person(id) => (include_str!("interactions/log_with_person.sql"), id.uuid()),
        Contact::Company(id) => (include_str!("interactions/log_with_company.sql"), id.uuid()),
    };
    let input = Input {
        id: id.uuid(),
        user_id: user_id.uuid(),
        entity_id,
        occurred_at: *occurred_at,
        title: title.as_str(),
        content: content.as_str(),
        interaction_type: interaction_type.as_str(),
        now,
        store,
    };
    let statement = Statement {
        sql,
        workspace_id: workspace_id.uuid(),
        input: &Document(input),
    };
    Ok(statement.answer(connection).await.optional()?)
}
