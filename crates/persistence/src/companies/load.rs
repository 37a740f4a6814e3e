//! Reading companies with all that is shown of them.

use diesel::prelude::*;
use diesel::sql_types;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Company, CompanyId, CompanyView, Definitions, Member, WorkspaceId};
use futures_util::TryStreamExt as _;
use uuid::Uuid;

use super::row::CompanyRow;
use crate::fragments::Fragments;
use crate::records::Stored;
use crate::records::shown::{
    Fetched, Loaded, MembershipRow, Origin, Parts, ReadLinks, ReferenceRow, Shown, fetch_alone, fetch_by_ids,
    read,
};
use crate::records::sql::{by_ids, from_first_to_last, shown_memberships, shown_records, shown_references};
use crate::schema::companies;
use crate::session::Alone;
use crate::statement::{Boxed, Rows, Within};
use crate::{Database, Error, Reach};

/// The columns of what is shown of companies.
type Columns = (
    sql_types::Nullable<sql_types::BigInt>,
    sql_types::Nullable<sql_types::Bool>,
    Within<CompanyRow>,
    Within<MembershipRow>,
    Within<ReferenceRow>,
);

/// One of them: the version of the definitions and whether there are more, or a record, or a part of one.
#[derive(Queryable)]
struct ShownRow {
    definitions_version: Option<i64>,
    more: Option<bool>,
    company: Option<Boxed<CompanyRow>>,
    membership: Option<MembershipRow>,
    reference: Option<ReferenceRow>,
}

#[derive(Debug)]
pub(crate) struct StoredCompany {
    row: Box<CompanyRow>,
    memberships: Vec<MembershipRow>,
    references: Vec<ReferenceRow>,
}

/// What is shown of companies.
macro_rules! shown {
    ($which:ident) => {
        concat!(
            shown_records!("companies", include_str!("shown.sql"); $which, ", NULL::record, NULL::record"),
            shown_memberships!("company"; $which, "NULL, NULL, NULL, ", ", NULL"),
            shown_references!("company"; $which, "NULL, NULL, NULL, NULL, "),
        )
    };
}

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
    read(
        fetch_by_ids::<StoredCompany>(connection, workspace_id, ids).await?,
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
    ids: &[CompanyId],
    definitions: &Definitions,
) -> Result<Loaded<CompanyView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    read(
        fetch_alone::<StoredCompany>(database, reach, ids).await?,
        definitions,
    )
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

    const ALONE_OF_IDS: Alone = Alone::ReadCompanies;
    const ALONE_OF_PAGE: Alone = Alone::ListCompanies;

    const OF_IDS: &'static str = shown!(by_ids);
    const OF_PAGE: &'static str = shown!(from_first_to_last);

    async fn fetch(mut connection: &AsyncPgConnection, statement: Fragments) -> QueryResult<Fetched<Self>> {
        let mut rows = Rows::<_, Columns>::of(statement)
            .load_stream::<ShownRow>(&mut connection)
            .await?;
        let (mut definitions_version, mut more) = (None, None);
        let mut companies = Vec::new();
        let mut memberships = Parts::new();
        let mut references = Parts::new();
        while let Some(row) = rows.try_next().await? {
            definitions_version = definitions_version.or(row.definitions_version);
            more = more.or(row.more);
            companies.extend(row.company);
            memberships.add(row.membership);
            references.add(row.reference);
        }
        let company = |Boxed(row): Boxed<CompanyRow>| Self {
            memberships: memberships.of(row.id),
            references: references.of(row.id),
            row,
        };
        let records = companies.into_iter().map(company).collect();
        Ok(Fetched::of(definitions_version, more, records))
    }

    fn view(self, definitions: &Definitions) -> Result<CompanyView, Error> {
        let Self {
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
        let links = ReadLinks::new(references);
        let origin = Origin {
            table: "company_memberships",
            row: id.uuid(),
        };
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

    fn id(&self) -> Uuid {
        self.row.id
    }
}
