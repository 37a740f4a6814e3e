//! Reading companies with all that is shown of them.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Company, CompanyId, CompanyView, Definitions, Member, WorkspaceId};
use futures_util::TryStreamExt as _;
use uuid::Uuid;

use super::row::CompanyRow;
use crate::fragments::Fragments;
use crate::records::Stored;
use crate::records::shown::{
    Fetched, HeadRow, Loaded, MembershipRow, Origin, Parts, ReadLinks, ReferenceRow, Shown, fetch_alone,
    fetch_by_ids, read,
};
use crate::records::sql::{by_ids, from_first_to_last, shown_memberships, shown_records, shown_references};
use crate::schema::companies;
use crate::session::Alone;
use crate::statement::{Boxed, Rows, row_of_one};
use crate::{Database, Error, Reach};

row_of_one! {
    /// What is shown of companies: one of them, a part of one, or what holds of all.
    enum ShownRow {
        Membership(MembershipRow),
        Reference(ReferenceRow),
        Company(Boxed<CompanyRow>),
        Head(HeadRow),
    }
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
            shown_records!("companies", include_str!("shown.sql"); $which, "NULL::record, NULL::record, "),
            shown_memberships!("company"; $which, ", NULL, NULL, NULL"),
            shown_references!("company"; $which, "NULL, ", ", NULL, NULL"),
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
        let mut rows = Rows::<_, ShownRow>::of(statement)
            .load_stream(&mut connection)
            .await?;
        let mut head = None;
        let mut companies = Vec::new();
        let mut memberships = Parts::new();
        let mut references = Parts::new();
        while let Some(row) = rows.try_next().await? {
            match row {
                ShownRow::Membership(row) => memberships.add(row),
                ShownRow::Reference(row) => references.add(row),
                ShownRow::Company(Boxed(row)) => companies.push(row),
                ShownRow::Head(row) => head = Some(row),
            }
        }
        let company = |row: Box<CompanyRow>| Self {
            memberships: memberships.of(row.id),
            references: references.of(row.id),
            row,
        };
        let records = companies.into_iter().map(company).collect();
        Ok(Fetched::of(head, records))
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
