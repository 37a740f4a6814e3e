//! Pages of companies.

use domain::{CompanyView, Definitions};

use super::load::StoredCompany;
use crate::filter::{RecordSql, RowsSql, ValuesSql};
use crate::records::page::{EVERYWHERE, Listed, Wanted};
use crate::{Database, Error};

const COMPANY: RecordSql = RecordSql {
    table: "companies",
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
    trigrams: |field| {
        Some(match field {
            "emails" | "phones" | "addresses" | "urls" => {
                "entries_as_text(r.emails || r.phones || r.addresses || r.urls)"
            }
            _ => return None,
        })
    },
    text_keys: "text_keys(ARRAY[r.name, r.description, r.industry], r.email_keys, r.phones, r.addresses, r.urls)",
    text_place: |field| {
        Some(match field {
            "name" => 1,
            "description" => 2,
            "industry" => 3,
            "emails" => 101,
            "phones" => 102,
            "addresses" => 103,
            "urls" => 104,
            _ => return None,
        })
    },
    email_keys: "r.email_keys",
    links: |field| match field {
        "groups" => Some(RowsSql {
            table: "company_memberships",
            record: "l.company_id",
            target: "l.group_id",
        }),
        _ => None,
    },
    values: ValuesSql::InGroups(RowsSql {
        table: "company_memberships",
        record: "l.company_id",
        target: "l.group_id",
    }),
    custom_links: RowsSql {
        table: "company_references",
        record: "l.company_id",
        target: "coalesce(l.target_person_id, l.target_company_id, l.target_user_id, l.target_object_id)",
    },
};

/// Reads a page.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn page(
    database: &Database,
    wanted: &Wanted<'_>,
    definitions: &Definitions,
) -> Result<Listed<CompanyView>, Error> {
    wanted
        .read::<StoredCompany>(database, &COMPANY, EVERYWHERE, definitions)
        .await
}
