//! Reading people with all that is shown of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    Definitions, EntityType, InteractionSummary, Member, Person, PersonId, PersonView, UserInteractions,
    WorkspaceId,
};
use futures_util::TryStreamExt as _;
use uuid::Uuid;

use super::row::PersonRow;
use crate::fragments::Fragments;
use crate::records::Stored;
use crate::records::shown::{
    Fetched, HeadRow, Loaded, MembershipRow, NamedRow, Origin, Part, Parts, ReadLinks, ReferenceRow, Shown,
    fetch_alone, fetch_by_ids, read,
};
use crate::records::sql::{
    by_ids, from_first_to_last, shown_links, shown_memberships, shown_records, shown_references,
};
use crate::schema::people;
use crate::session::Alone;
use crate::statement::{Boxed, Rows, row_of_one, row_within};
use crate::{Database, Error, Reach};

row_of_one! {
    /// What is shown of people: one of them, a part of one, or what holds of all.
    enum ShownRow {
        Membership(MembershipRow),
        Company(NamedRow),
        Reference(ReferenceRow),
        Interactions(InteractionsRow),
        Person(Boxed<PersonRow>),
        Head(HeadRow),
    }
}

#[derive(Debug)]
pub(crate) struct StoredPerson {
    row: Box<PersonRow>,
    companies: Vec<NamedRow>,
    interactions: Vec<InteractionsRow>,
    memberships: Vec<MembershipRow>,
    references: Vec<ReferenceRow>,
}

#[derive(Debug)]
pub(crate) struct InteractionsRow {
    person_id: Uuid,
    user_id: Uuid,
    count: i64,
    last_at: DateTime<Utc>,
}

row_within!(InteractionsRow {
    person_id: sql_types::Uuid,
    user_id: sql_types::Uuid,
    count: sql_types::BigInt,
    last_at: sql_types::Timestamptz,
});

impl Part for InteractionsRow {
    fn record_id(&self) -> Uuid {
        self.person_id
    }

    /// The order of users is of no matter.
    fn position(&self) -> i16 {
        0
    }
}

/// What is shown of people.
macro_rules! shown {
    ($which:ident) => {
        concat!(
            shown_records!("people", include_str!("shown.sql"); $which, "NULL::record, NULL::record, NULL::record, NULL::record, "),
            shown_memberships!("person"; $which, ", NULL, NULL, NULL, NULL, NULL"),
            shown_links!("person_companies", "person", "company", "companies", "name"; $which, "NULL, ", ", NULL, NULL, NULL, NULL"),
            shown_references!("person"; $which, "NULL, NULL, ", ", NULL, NULL, NULL"),
            "UNION ALL SELECT NULL, NULL, NULL, (i.person_id, i.user_id, i.count, i.last_at), NULL, NULL\n",
            "FROM person_interaction_counts i WHERE i.workspace_id = $1 AND i.person_id ", $which!(), "\n",
        )
    };
}

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
    read(
        fetch_by_ids::<StoredPerson>(connection, workspace_id, ids).await?,
        definitions,
    )
}

/// The same in a transaction of its own, in one round trip.
///
/// # Errors
/// As for [`load`].
pub async fn load_alone(
    database: &Database,
    reach: Reach,
    ids: &[PersonId],
    definitions: &Definitions,
) -> Result<Loaded<PersonView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    read(
        fetch_alone::<StoredPerson>(database, reach, ids).await?,
        definitions,
    )
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

    const ALONE_OF_IDS: Alone = Alone::ReadPeople;
    const ALONE_OF_PAGE: Alone = Alone::ListPeople;

    const OF_IDS: &'static str = shown!(by_ids);
    const OF_PAGE: &'static str = shown!(from_first_to_last);

    async fn fetch(mut connection: &AsyncPgConnection, statement: Fragments) -> QueryResult<Fetched<Self>> {
        let mut rows = Rows::<_, ShownRow>::of(statement)
            .load_stream(&mut connection)
            .await?;
        let mut head = None;
        let mut people = Vec::new();
        let mut companies = Parts::new();
        let mut interactions = Parts::new();
        let mut memberships = Parts::new();
        let mut references = Parts::new();
        while let Some(row) = rows.try_next().await? {
            match row {
                ShownRow::Membership(row) => memberships.add(row),
                ShownRow::Company(row) => companies.add(row),
                ShownRow::Reference(row) => references.add(row),
                ShownRow::Interactions(row) => interactions.add(row),
                ShownRow::Person(Boxed(row)) => people.push(row),
                ShownRow::Head(row) => head = Some(row),
            }
        }
        let person = |row: Box<PersonRow>| Self {
            companies: companies.of(row.id),
            interactions: interactions.of(row.id),
            memberships: memberships.of(row.id),
            references: references.of(row.id),
            row,
        };
        let records = people.into_iter().map(person).collect();
        Ok(Fetched::of(head, records))
    }

    fn view(self, definitions: &Definitions) -> Result<PersonView, Error> {
        let Self {
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
        let mut links = ReadLinks::new(references);
        let origin = Origin {
            table: "person_memberships",
            row: id.uuid(),
        };
        let memberships = links.memberships(memberships, Member::Person, origin, definitions)?;
        let companies = links.named(companies, EntityType::Company);
        let interactions = interactions
            .into_iter()
            .map(
                |InteractionsRow {
                     person_id: _,
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
                companies: companies.into_iter().map(Into::into).collect(),
                memberships,
                created_at,
                created_by,
                updated_at,
                version,
            },
            names: links.names,
            interactions: InteractionSummary(interactions),
        })
    }

    fn id(&self) -> Uuid {
        self.row.id
    }
}
