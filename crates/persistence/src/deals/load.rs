//! Reading deals with all that is shown of them.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel::sql_types;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Deal, DealProfile, DealView, Definitions, EntityType, ObjectId, RecordName, WorkspaceId};
use uuid::Uuid;

use super::DealHome;
use super::row::{self, DealRow, ReadRow};
use crate::Error;
use crate::records::Stored;
use crate::records::shown::{Loaded, NamedRow, Origin, ReadLinks, ReferenceRow, Shown, read};
use crate::records::sql::{shown_from, shown_references, wanted_by_ids};
use crate::records::values::StoredValues;
use crate::schema::objects;
use crate::statement::{Document, Read, Rows, Statement};

/// The columns of a [`StoredDeal`].
type Columns = (
    sql_types::BigInt,
    row::Columns,
    sql_types::Json,
    sql_types::Json,
    sql_types::Json,
    sql_types::Json,
);

#[derive(Debug, Queryable)]
pub(crate) struct StoredDeal {
    definitions_version: i64,
    row: DealRow,
    values: Read<StoredValues>,
    people: Read<Vec<NamedRow>>,
    companies: Read<Vec<NamedRow>>,
    references: Read<Vec<ReferenceRow>>,
}

/// What is shown of the objects that a table `wanted` lists.
macro_rules! shown {
    () => {
        concat!(
            include_str!("shown.sql"),
            shown_references!("object"),
            shown_from!("objects")
        )
    };
}

pub(crate) const SHOWN: &str = shown!();

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
    let statement = Statement {
        sql: concat!(wanted_by_ids!(), shown!()),
        workspace_id: workspace_id.uuid(),
        input: &Document(ids),
    };
    let mut stored = StoredDeal::fetch(connection, statement).await?;
    stored.retain(|deal| deal.row.is_of(home));
    read(stored, definitions)
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

    async fn fetch<Q>(mut connection: &AsyncPgConnection, query: Q) -> QueryResult<Vec<Self>>
    where
        Q: QueryFragment<Pg> + QueryId + Send,
    {
        Rows::<_, Columns>::of(query).get_results(&mut connection).await
    }

    fn definitions_version(&self) -> i64 {
        self.definitions_version
    }

    fn view(self, definitions: &Definitions) -> Result<DealView, Error> {
        let Self {
            definitions_version: _,
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
        let of = |table| Origin {
            table,
            row: id.uuid(),
        };
        let links = ReadLinks::new(of("object_references").read("field_id", references)?);
        let origin = of("objects");
        let fields = definitions
            .object_type(group_id, object_type_id)
            .map(|found| &found.fields);
        let fields = fields.ok_or_else(|| origin.inconsistent("object_type_id"))?;
        let values = links.values(origin.read("values", values)?, fields, origin)?;
        let mut names = links.names;
        let mut named = |rows: Vec<NamedRow>, entity_type: EntityType| {
            let mut ids = Vec::with_capacity(rows.len());
            for NamedRow(id, name) in rows {
                names.insert(id, RecordName { entity_type, name });
                ids.push(id);
            }
            ids
        };
        let people = named(of("object_people").read("person_id", people)?, EntityType::Person);
        let companies = named(
            of("object_companies").read("company_id", companies)?,
            EntityType::Company,
        );
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
            names,
        })
    }
}
