//! Pages of companies.

use diesel_async::AsyncPgConnection;
use domain::{CompanyView, Definitions};

use super::load::{SHOWN, StoredCompany};
use crate::Error;
use crate::filter::{RecordSql, ValuesSql};
use crate::records::page::Page;
use crate::records::shown::{Loaded, Shown as _, read};

const COMPANY: RecordSql = RecordSql {
    column: |field| {
        Some(match field {
            "name" => "r.name",
            "description" => "r.description",
            "industry" => "r.industry",
            "emails" => "r.emails",
            "phones" => "r.phones",
            "addresses" => "r.addresses",
            "urls" => "r.urls",
            "funding_raised" => "r.funding_raised",
            "last_funding_date" => "r.last_funding_date",
            "foundation_year" => "r.foundation_year",
            "employee_range" => "r.employee_range",
            "create_time" => "r.created_at",
            "created_by" => "r.created_by",
            _ => return None,
        })
    },
    email_keys: "r.email_keys",
    links: |field| match field {
        "groups" => Some(
            "FROM company_memberships l WHERE l.workspace_id = $1 AND l.company_id = r.id AND l.group_id",
        ),
        _ => None,
    },
    values: ValuesSql::InGroups(
        "r.id IN (SELECT m.company_id FROM company_memberships m WHERE m.workspace_id = $1 AND m.group_id = ",
    ),
    custom_links: "FROM company_references l WHERE l.workspace_id = $1 AND l.company_id = r.id AND l.field_id = ",
};

/// Reads a page.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn page(
    connection: &mut AsyncPgConnection,
    page: &Page<'_>,
    definitions: &Definitions,
) -> Result<Loaded<CompanyView>, Error> {
    let mut sql = page.wanted("companies", &COMPANY);
    sql.sql(SHOWN);
    let stored = StoredCompany::fetch(connection, sql).await?;
    read(stored, definitions)
}
