//! Pages of deals.

use domain::{DealView, Definitions};

use super::DealHome;
use super::load::StoredDeal;
use crate::filter::{RecordSql, RowsSql, ValuesSql};
use crate::fragments::Fragments;
use crate::records::page::{Listed, Wanted};
use crate::{Database, Error};

const DEAL: RecordSql = RecordSql {
    table: "objects",
    column: |field| {
        Some(match field {
            "name" => "r.name",
            "create_time" => "r.created_at",
            "created_by" => "r.created_by",
            _ => return None,
        })
    },
    trigrams: |_| None,
    text_keys: "text_keys(ARRAY[r.name], '{}', '{}', '{}', '{}')",
    text_place: |field| {
        Some(match field {
            "name" => 1,
            _ => return None,
        })
    },
    // Deals have no emails.
    email_keys: "NULL",
    links: |field| match field {
        "people" => Some(RowsSql {
            table: "object_people",
            record: "l.object_id",
            target: "l.person_id",
        }),
        "companies" => Some(RowsSql {
            table: "object_companies",
            record: "l.object_id",
            target: "l.company_id",
        }),
        _ => None,
    },
    values: ValuesSql::Own("r.\"values\""),
    custom_links: RowsSql {
        table: "object_references",
        record: "l.object_id",
        target: "coalesce(l.target_person_id, l.target_company_id, l.target_user_id, l.target_object_id)",
    },
};

/// Reads a page of the deals of a place.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn page(
    database: &Database,
    home: DealHome,
    wanted: &Wanted<'_>,
    definitions: &Definitions,
) -> Result<Listed<DealView>, Error> {
    let place = |sql: &mut Fragments| {
        sql.sql(" AND r.group_id = ")
            .uuid(home.group_id.uuid())
            .sql(" AND r.object_type_id = ")
            .uuid(home.object_type_id.uuid());
    };
    wanted
        .read::<StoredDeal>(database, &DEAL, &place, definitions)
        .await
}
