//! Reading people with all that is shown of them.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel::sql_types;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    Definitions, EntityType, InteractionSummary, Member, Person, PersonId, PersonView, RecordName,
    UserInteractions, WorkspaceId,
};
use serde::Deserialize;
use uuid::Uuid;

use super::row::{self, PersonRow};
use crate::Error;
use crate::records::Stored;
use crate::records::shown::{Loaded, MembershipRow, NamedRow, Origin, ReadLinks, ReferenceRow, Shown, read};
use crate::records::sql::{shown_from, shown_memberships, shown_references, wanted_by_ids};
use crate::schema::people;
use crate::statement::{Document, Read, Rows, Statement};

/// The columns of a [`StoredPerson`].
type Columns = (
    sql_types::BigInt,
    row::Columns,
    sql_types::Json,
    sql_types::Json,
    sql_types::Json,
    sql_types::Json,
);

#[derive(Debug, Queryable)]
pub(crate) struct StoredPerson {
    definitions_version: i64,
    row: PersonRow,
    companies: Read<Vec<NamedRow>>,
    interactions: Read<Vec<InteractionsRow>>,
    memberships: Read<Vec<MembershipRow>>,
    references: Read<Vec<ReferenceRow>>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct InteractionsRow {
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
            shown_from!("people")
        )
    };
}

pub(crate) const SHOWN: &str = shown!();

/// Reads people in one statement, however many.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn load(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    ids: &[PersonId],
    definitions: &Definitions,
) -> Result<Loaded<PersonView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let statement = Statement {
        sql: concat!(wanted_by_ids!(), shown!()),
        workspace_id: workspace_id.uuid(),
        input: &Document(ids),
    };
    let stored = StoredPerson::fetch(connection, statement).await?;
    read(stored, definitions)
}

/// Reads a person that nobody else can change or delete before the transaction ends.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub(super) async fn lock(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: PersonId,
    definitions: &Definitions,
) -> Result<Loaded<PersonView>, Error> {
    // Not against those who link to the person: a change leaves its id, and two people may become each other's contacts.
    let row = people::table.find((workspace_id.uuid(), id.uuid()));
    row.select(people::id)
        .for_no_key_update()
        .execute(&mut connection)
        .await?;
    // Only a statement that begins after the lock was had sees what others wrote before.
    load(connection, workspace_id, &[id], definitions).await
}

/// Locks a person who is to go, against everybody.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn lock_row(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: PersonId,
) -> Result<(), Error> {
    let row = people::table.find((workspace_id.uuid(), id.uuid()));
    row.select(people::id)
        .for_update()
        .execute(&mut connection)
        .await?;
    Ok(())
}

impl Shown for StoredPerson {
    type View = PersonView;

    async fn fetch<Q>(mut connection: &AsyncPgConnection, query: Q) -> QueryResult<Vec<Self>>
    where
        Q: QueryFragment<Pg> + QueryId + Send,
    {
        Rows::<_, Columns>::of(query).get_results(&mut connection).await
    }

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
        let of = |table| Origin {
            table,
            row: id.uuid(),
        };
        let links = ReadLinks::new(of("person_references").read("field_id", references)?);
        let origin = of("person_memberships");
        let memberships = origin.read("values", memberships)?;
        let memberships = links.memberships(memberships, Member::Person, origin, definitions)?;
        let companies = of("person_companies").read("company_id", companies)?;
        let interactions = of("person_interaction_counts").read("count", interactions)?;
        let mut names = links.names;
        let mut company_ids = Vec::with_capacity(companies.len());
        for NamedRow(id, name) in companies {
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
