//! Reading people with all that is shown of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    Definitions, EntityType, InteractionSummary, Member, Person, PersonId, PersonView, RecordName,
    UserInteractions, WorkspaceId,
};
use serde::Deserialize;
use uuid::Uuid;

use super::row::PersonRow;
use crate::Error;
use crate::records::Stored;
use crate::records::shown::{Loaded, MembershipRow, Origin, ReadLinks, ReferenceRow, Shown, read};
use crate::records::sql::{shown_memberships, shown_references, wanted_by_ids};
use crate::schema::people;
use crate::statement::{Document, Statement};

#[derive(Debug, Deserialize)]
pub(crate) struct StoredPerson {
    definitions_version: i64,
    row: PersonRow,
    companies: Vec<NamedRow>,
    memberships: Vec<MembershipRow>,
    references: Vec<ReferenceRow>,
    interactions: Vec<InteractionsRow>,
}

#[derive(Debug, Deserialize)]
struct NamedRow {
    id: Uuid,
    name: String,
}

#[derive(Debug, Deserialize)]
struct InteractionsRow {
    user_id: Uuid,
    count: i64,
    last_at: DateTime<Utc>,
}

/// What is shown of the people that a table `wanted` lists.
macro_rules! shown {
    () => {
        concat!(
            include_str!("shown.sql"),
            shown_memberships!("person"),
            shown_references!("person"),
            include_str!("shown_from.sql")
        )
    };
}

pub(crate) const SHOWN: &str = shown!();

/// Reads people in one statement, however many.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn load(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    ids: &[PersonId],
    definitions: &Definitions,
) -> Result<Loaded<PersonView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let statement = Statement {
        sql: concat!(wanted_by_ids!("people"), shown!()),
        workspace_id: workspace_id.uuid(),
        input: &Document(ids),
    };
    let stored: Vec<Document<StoredPerson>> = statement.get_results(connection).await?;
    read(stored, definitions)
}

/// Reads a person that nobody else can change or delete before the transaction ends.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub(super) async fn lock(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: PersonId,
    definitions: &Definitions,
) -> Result<Loaded<PersonView>, Error> {
    // Not against those who link to the person: a change leaves its id, and two people may become each other's contacts.
    let row = people::table.find((workspace_id.uuid(), id.uuid()));
    row.select(people::id)
        .for_no_key_update()
        .execute(connection)
        .await?;
    // Only a statement that begins after the lock was had sees what others wrote before.
    load(connection, workspace_id, &[id], definitions).await
}

/// Locks a person who is to go, against everybody.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn lock_row(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: PersonId,
) -> Result<(), Error> {
    let row = people::table.find((workspace_id.uuid(), id.uuid()));
    row.select(people::id).for_update().execute(connection).await?;
    Ok(())
}

impl Shown for StoredPerson {
    type View = PersonView;

    fn definitions_version(&self) -> i64 {
        self.definitions_version
    }

    fn view(self, definitions: &Definitions) -> Result<PersonView, Error> {
        let Self {
            definitions_version: _,
            row,
            companies,
            memberships,
            references,
            interactions,
        } = self;
        let (record, profile) = row.read()?;
        let Stored {
            id,
            created_at,
            created_by,
            updated_at,
            version,
        } = record;
        let links = ReadLinks::new(references);
        let origin = Origin {
            table: "person_memberships",
            row: id.uuid(),
        };
        let memberships = links.memberships(memberships, Member::Person, origin, definitions)?;
        let mut names = links.names;
        let mut company_ids = Vec::with_capacity(companies.len());
        for NamedRow { id, name } in companies {
            company_ids.push(id.into());
            let entity_type = EntityType::Company;
            names.insert(id, RecordName { entity_type, name });
        }
        let interactions = interactions
            .into_iter()
            .map(
                |InteractionsRow {
                     user_id,
                     count,
                     last_at,
                 }| UserInteractions {
                    user_id: user_id.into(),
                    count,
                    last_at,
                },
            )
            .collect();
        Ok(PersonView {
            person: Person {
                id,
                profile,
                companies: company_ids,
                memberships,
                created_at,
                created_by,
                updated_at,
                version,
            },
            names,
            interactions: InteractionSummary(interactions),
        })
    }
}
