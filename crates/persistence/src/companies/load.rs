//! Reading companies with all that is shown of them.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Company, CompanyId, CompanyView, Definitions, Member, WorkspaceId};
use serde::Deserialize;
use uuid::Uuid;

use super::row::CompanyRow;
use crate::Error;
use crate::records::Stored;
use crate::records::shown::{Loaded, MembershipRow, Origin, ReadLinks, ReferenceRow, Shown, read};
use crate::records::sql::{shown_memberships, shown_references, wanted_by_ids};
use crate::schema::companies;
use crate::statement::{Document, Statement};

#[derive(Debug, Deserialize)]
pub(crate) struct StoredCompany {
    definitions_version: i64,
    row: CompanyRow,
    memberships: Vec<MembershipRow>,
    references: Vec<ReferenceRow>,
}

/// What is shown of the companies that a table `wanted` lists.
macro_rules! shown {
    () => {
        concat!(
            include_str!("shown.sql"),
            shown_memberships!("company"),
            shown_references!("company"),
            include_str!("shown_from.sql")
        )
    };
}

pub(crate) const SHOWN: &str = shown!();

/// Reads companies in one statement, however many.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn load(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    ids: &[CompanyId],
    definitions: &Definitions,
) -> Result<Loaded<CompanyView>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let statement = Statement {
        sql: concat!(wanted_by_ids!("companies"), shown!()),
        workspace_id: workspace_id.uuid(),
        input: &Document(ids),
    };
    let stored: Vec<Document<StoredCompany>> = statement.get_results(connection).await?;
    read(stored, definitions)
}

/// Reads a company that nobody else can change or delete before the transaction ends.
pub(super) async fn lock(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: CompanyId,
    definitions: &Definitions,
) -> Result<Loaded<CompanyView>, Error> {
    // Not against those who link to the company: a change leaves its id.
    let row = companies::table.find((workspace_id.uuid(), id.uuid()));
    row.select(companies::id)
        .for_no_key_update()
        .execute(connection)
        .await?;
    // Only a statement that begins after the lock was had sees what others wrote before.
    load(connection, workspace_id, &[id], definitions).await
}

pub(super) async fn lock_row(
    connection: &mut AsyncPgConnection,
    workspace_id: WorkspaceId,
    id: CompanyId,
) -> Result<(), Error> {
    let row = companies::table.find((workspace_id.uuid(), id.uuid()));
    row.select(companies::id).for_update().execute(connection).await?;
    Ok(())
}

impl Shown for StoredCompany {
    type View = CompanyView;

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
}
