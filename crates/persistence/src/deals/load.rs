//! Reading deals with all that is shown of them.

use diesel::prelude::*;
use diesel::sql_types;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Deal, DealProfile, DealView, Definitions, EntityType, ObjectId, WorkspaceId};
use futures_util::TryStreamExt as _;
use uuid::Uuid;

use super::DealHome;
use super::row::{DealRow, ReadRow};
use crate::fragments::Fragments;
use crate::records::Stored;
use crate::records::shown::{
    Fetched, HeadRow, Loaded, NamedRow, Origin, Parts, ReadLinks, ReferenceRow, Shown, fetch_alone,
    fetch_by_ids, read,
};
use crate::records::sql::{by_ids, shown_links, shown_records, shown_references};
use crate::records::values::StoredValues;
use crate::schema::objects;
use crate::session::Alone;
use crate::statement::{Read, RowWithin, Rows, row_of_one, row_within};
use crate::{Database, Error, Reach};

/// An object, whose values stand beside the rest of its row.
#[derive(Debug)]
struct ObjectRow {
    object: DealRow,
    values: Read<StoredValues>,
}

row_within!(ObjectRow {
    object: sql_types::Record<<DealRow as RowWithin>::Columns>,
    values: sql_types::Jsonb,
});

row_of_one! {
    /// What is shown of objects: one of them, a part of one, or what holds of all.
    enum ShownRow {
        Person(NamedRow),
        Company(NamedRow),
        Reference(ReferenceRow),
        Object(ObjectRow),
        Head(HeadRow),
    }
}

#[derive(Debug)]
pub(crate) struct StoredDeal {
    row: DealRow,
    values: Read<StoredValues>,
    people: Vec<NamedRow>,
    companies: Vec<NamedRow>,
    references: Vec<ReferenceRow>,
}

/// What is shown of objects.
macro_rules! shown {
    ($which:ident) => {
        concat!(
            shown_records!("objects", include_str!("shown.sql"); $which, "NULL::record, NULL::record, NULL::record, "),
            shown_links!("object_people", "object", "person", "people", "full_name"; $which, "", ", NULL, NULL, NULL, NULL"),
            shown_links!("object_companies", "object", "company", "companies", "name"; $which, "NULL, ", ", NULL, NULL, NULL"),
            shown_references!("object"; $which, "NULL, NULL, ", ", NULL, NULL"),
        )
    };
}

/// Reads the deals of a place in one statement, however many.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn load(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    home: DealHome,
    ids: &[ObjectId],
    definitions: &Definitions,
) -> Result<Loaded<DealView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let fetched = fetch_by_ids::<StoredDeal>(connection, workspace_id, ids).await?;
    read_of(home, fetched, definitions)
}

/// The same in a transaction of its own, in one round trip.
///
/// # Errors
/// As for [`load`].
pub async fn load_alone(
    database: &Database,
    reach: Reach,
    home: DealHome,
    ids: &[ObjectId],
    definitions: &Definitions,
) -> Result<Loaded<DealView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let fetched = fetch_alone::<StoredDeal>(database, reach, ids).await?;
    read_of(home, fetched, definitions)
}

/// Reads those of a place.
fn read_of(
    home: DealHome,
    mut fetched: Fetched<StoredDeal>,
    definitions: &Definitions,
) -> Result<Loaded<DealView>, Error> {
    fetched.records.retain(|deal| deal.row.is_of(home));
    read(fetched, definitions)
}

/// Reads a deal that nobody else can change or delete before the transaction ends.
pub(super) async fn lock(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    home: DealHome,
    id: ObjectId,
    definitions: &Definitions,
) -> Result<Loaded<DealView>, Error> {
    // Not against those who link to the deal: a change leaves its id.
    let row = objects::table.find((workspace_id.uuid(), id.uuid()));
    row.select(objects::id)
        .for_no_key_update()
        .execute(&mut connection)
        .await?;
    // Only a statement that begins after the lock was had sees what others wrote before.
    load(connection, workspace_id, home, &[id], definitions).await
}

/// Answers whether there is such a deal.
pub(super) async fn lock_row(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    home: DealHome,
    id: ObjectId,
) -> Result<bool, Error> {
    let row = objects::table
        .find((workspace_id.uuid(), id.uuid()))
        .filter(objects::group_id.eq(home.group_id.uuid()))
        .filter(objects::object_type_id.eq(home.object_type_id.uuid()));
    let locked: Option<Uuid> = row
        .select(objects::id)
        .for_update()
        .first(&mut connection)
        .await
        .optional()?;
    Ok(locked.is_some())
}

impl Shown for StoredDeal {
    type View = DealView;

    const ALONE_OF_IDS: Alone = Alone::ReadDeals;
    const ALONE_OF_PAGE: Alone = Alone::ListDeals;

    const OF_IDS: &'static str = shown!(by_ids);
    // A page is of one place, and between its deals are those of others.
    const OF_PAGE: &'static str = Self::OF_IDS;

    async fn fetch(mut connection: &AsyncPgConnection, statement: Fragments) -> QueryResult<Fetched<Self>> {
        let mut rows = Rows::<_, ShownRow>::of(statement)
            .load_stream(&mut connection)
            .await?;
        let mut head = None;
        let mut objects = Vec::new();
        let mut people = Parts::new();
        let mut companies = Parts::new();
        let mut references = Parts::new();
        while let Some(row) = rows.try_next().await? {
            match row {
                ShownRow::Person(row) => people.add(row),
                ShownRow::Company(row) => companies.add(row),
                ShownRow::Reference(row) => references.add(row),
                ShownRow::Object(row) => objects.push(row),
                ShownRow::Head(row) => head = Some(row),
            }
        }
        let deal = |ObjectRow { object: row, values }: ObjectRow| Self {
            people: people.of(row.id),
            companies: companies.of(row.id),
            references: references.of(row.id),
            row,
            values,
        };
        let records = objects.into_iter().map(deal).collect();
        Ok(Fetched::of(head, records))
    }

    fn view(self, definitions: &Definitions) -> Result<DealView, Error> {
        let Self {
            row,
            values,
            people,
            companies,
            references,
        } = self;
        let ReadRow { record, home, name } = row.read()?;
        let Stored {
            id,
            created_at,
            created_by,
            updated_at,
            version,
        } = record;
        let DealHome {
            group_id,
            object_type_id,
        } = home;
        let mut links = ReadLinks::new(references);
        let origin = Origin {
            table: "objects",
            row: id.uuid(),
        };
        let fields = definitions
            .object_type(group_id, object_type_id)
            .map(|found| &found.fields);
        let fields = fields.ok_or_else(|| origin.inconsistent("object_type_id"))?;
        let values = links.values(origin.read("values", values)?, fields, origin)?;
        let people = links.named(people, EntityType::Person);
        let companies = links.named(companies, EntityType::Company);
        Ok(DealView {
            deal: Deal {
                id,
                group_id,
                object_type_id,
                profile: DealProfile {
                    name,
                    people: people.into_iter().map(Into::into).collect(),
                    companies: companies.into_iter().map(Into::into).collect(),
                },
                values,
                created_at,
                created_by,
                updated_at,
                version,
            },
            names: links.names,
        })
    }

    fn id(&self) -> Uuid {
        self.row.id
    }
}
