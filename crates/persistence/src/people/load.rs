//! Reading people with all that is shown of them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    Definitions, EntityType, InteractionSummary, Membership, Person, PersonId, PersonView, RecordName,
    RecordNames, UserInteractions, WorkspaceId,
};
use serde::Deserialize;
use uuid::Uuid;

use super::row::{PersonRow, Record};
use super::values::{self, StoredTarget, StoredValues};
use crate::Error;
use crate::schema::people;
use crate::statement::{Document, Statement};

/// What a read found.
#[derive(Debug)]
pub enum Loaded {
    /// The people that exist of those asked for, in the order of their ids.
    People(Vec<PersonView>),
    /// The definitions given are not those of the rows; others are needed to read them.
    Stale,
}

#[derive(Debug, Deserialize)]
pub(super) struct StoredPerson {
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
struct MembershipRow {
    group_id: Uuid,
    values: StoredValues,
}

#[derive(Debug, Deserialize)]
struct ReferenceRow {
    field_id: Uuid,
    #[serde(flatten)]
    target: StoredTarget,
    name: String,
}

#[derive(Debug, Deserialize)]
struct InteractionsRow {
    user_id: Uuid,
    count: i64,
    last_at: DateTime<Utc>,
}

/// What is shown of the people that a table `wanted` lists.
pub(super) const SHOWN: &str = include_str!("shown.sql");

/// Reads people in one statement, however many.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn load(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    ids: &[PersonId],
    definitions: &Definitions,
) -> Result<Loaded, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let statement = Statement {
        sql: concat!(include_str!("by_ids.sql"), include_str!("shown.sql")),
        workspace_id: workspace_id.uuid(),
        input: &Document(ids),
    };
    read(statement.get_results(connection).await?, definitions)
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
) -> Result<Loaded, Error> {
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

pub(super) fn read(stored: Vec<Document<StoredPerson>>, definitions: &Definitions) -> Result<Loaded, Error> {
    let current = |person: &Document<StoredPerson>| person.0.definitions_version == definitions.version();
    if !stored.iter().all(current) {
        return Ok(Loaded::Stale);
    }
    let views = stored
        .into_iter()
        .map(|Document(person)| person.view(definitions));
    Ok(Loaded::People(views.collect::<Result<_, Error>>()?))
}

impl StoredPerson {
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
        let Record {
            id,
            created_at,
            created_by,
            updated_at,
            version,
        } = record;
        let mut names = RecordNames::new();
        let mut links: HashMap<Uuid, Vec<StoredTarget>> = HashMap::new();
        for ReferenceRow {
            field_id,
            target,
            name,
        } in references
        {
            if let Some((id, entity_type)) = record_of(&target) {
                names.insert(id, RecordName { entity_type, name });
            }
            links.entry(field_id).or_default().push(target);
        }
        let memberships = memberships
            .into_iter()
            .map(|MembershipRow { group_id, values }| membership(id, group_id, values, &links, definitions))
            .collect::<Result<_, Error>>()?;
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

/// The record that a link names; users are named by the definitions.
fn record_of(target: &StoredTarget) -> Option<(Uuid, EntityType)> {
    let StoredTarget {
        target_person_id,
        target_company_id,
        target_user_id: _,
        target_object_id,
    } = target;
    let person = target_person_id.map(|id| (id, EntityType::Person));
    let company = target_company_id.map(|id| (id, EntityType::Company));
    let object = target_object_id.map(|id| (id, EntityType::Object));
    person.or(company).or(object)
}

fn membership(
    person: PersonId,
    group_id: Uuid,
    mut values: StoredValues,
    links: &HashMap<Uuid, Vec<StoredTarget>>,
    definitions: &Definitions,
) -> Result<Membership, Error> {
    let inconsistent = |column| Error::Inconsistent {
        table: "person_memberships",
        column,
        row: person.uuid(),
    };
    let group = definitions
        .group(group_id.into())
        .ok_or_else(|| inconsistent("group_id"))?;
    let mut read = Vec::new();
    for field in group.person_fields.as_slice() {
        let plain = values.remove(&field.id.uuid());
        let links = links.get(&field.id.uuid()).map_or(&[][..], Vec::as_slice);
        let value = values::from_stored(field, plain, links).map_err(|_| inconsistent("values"))?;
        if let Some(value) = value {
            read.push((field.id, value));
        }
    }
    Ok(Membership {
        group_id: group_id.into(),
        values: read,
    })
}
