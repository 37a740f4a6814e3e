//! Reading companies with all that is shown of them.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{QueryFragment, QueryId};
use diesel::sql_types;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Company, CompanyId, CompanyView, Definitions, Member, WorkspaceId};
use uuid::Uuid;

use super::row::{self, CompanyRow};
use crate::Error;
use crate::records::Stored;
use crate::records::shown::{Loaded, MembershipRow, Origin, ReadLinks, ReferenceRow, Shown, read};
use crate::records::sql::{shown_from, shown_memberships, shown_references, wanted_by_ids};
use crate::schema::companies;
use crate::statement::{Document, Read, Rows, Statement};

/// The columns of a [`StoredCompany`].
type Columns = (sql_types::BigInt, row::Columns, sql_types::Json, sql_types::Json);

#[derive(Debug, Queryable)]
pub(crate) struct StoredCompany {
    definitions_version: i64,
    row: CompanyRow,
    memberships: Read<Vec<MembershipRow>>,
    references: Read<Vec<ReferenceRow>>,
}

/// What is shown of the companies that a table `wanted` lists.
macro_rules! shown {
    () => {
        concat!(
            include_str!("shown.sql"),
            shown_memberships!("company"),
            shown_references!("company"),
            shown_from!("companies")
        )
    };
}

pub(crate) const SHOWN: &str = shown!();

/// Reads companies in one statement, however many.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn load(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    ids: &[CompanyId],
    definitions: &Definitions,
) -> Result<Loaded<CompanyView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let statement = Statement {
        sql: concat!(wanted_by_ids!(), shown!()),
        workspace_id: workspace_id.uuid(),
        input: &Document(ids),
    };
    let stored = StoredCompany::fetch(connection, statement).await?;
    read(stored, definitions)
}

/// Reads a company that nobody else can change or delete before the transaction ends.
pub(super) async fn lock(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: CompanyId,
    definitions: &Definitions,
) -> Result<Loaded<CompanyView>, Error> {
    // Not against those who link to the company: a change leaves its id.
    let row = companies::table.find((workspace_id.uuid(), id.uuid()));
    row.select(companies::id)
        .for_no_key_update()
        .execute(&mut connection)
        .await?;
    // Only a statement that begins after the lock was had sees what others wrote before.
    load(connection, workspace_id, &[id], definitions).await
}

pub(super) async fn lock_row(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: CompanyId,
) -> Result<(), Error> {
    let row = companies::table.find((workspace_id.uuid(), id.uuid()));
    row.select(companies::id)
        .for_update()
        .execute(&mut connection)
        .await?;
    Ok(())
}

impl Shown for StoredCompany {
    type View = CompanyView;

    async fn fetch<Q>(mut connection: &AsyncPgConnection, query: Q) -> QueryResult<Vec<Self>>
    where
        Q: QueryFragment<Pg> + QueryId + Send,
    {
        Rows::<_, Columns>::of(query).get_results(&mut connection).await
    }

    fn definitions_version(&self) -> i64 {
        self.definitions_version
    }

    fn view(self, definitions: &Definitions) -> Result<CompanyView, Error> {
        let Self {
            definitions_version: _,
            row,
            memberships,
            references,
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
        let links = ReadLinks::new(of("company_references").read("field_id", references)?);
        let origin = of("company_memberships");
        let memberships = origin.read("values", memberships)?;
        Ok(CompanyView {
            company: Company {
                id,
                profile,
                memberships: links.memberships(memberships, Member::Company, origin, definitions)?,
                created_at,
                created_by,
                updated_at,
                version,
            },
            names: links.names,
        })
    }
}
