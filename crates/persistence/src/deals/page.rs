//! Pages of deals.

use diesel_async::AsyncPgConnection;
use domain::{DealView, Definitions};

use super::DealHome;
use super::load::{SHOWN, StoredDeal};
use crate::Error;
use crate::filter::{RecordSql, ValuesSql};
use crate::records::page::Page;
use crate::records::shown::{Loaded, Shown as _, read};

const DEAL: RecordSql = RecordSql {
    column: |field| {
        Some(match field {
            "name" => "r.name",
            "create_time" => "r.created_at",
            "created_by" => "r.created_by",
            _ => return None,
        })
    },
    // Deals have no emails.
    email_keys: "NULL",
    links: |field| {
        Some(match field {
            "people" => {
                "FROM object_people l WHERE l.workspace_id = $1 AND l.object_id = r.id AND l.person_id"
            }
            "companies" => {
                "FROM object_companies l WHERE l.workspace_id = $1 AND l.object_id = r.id AND l.company_id"
            }
            _ => return None,
        })
    },
    values: ValuesSql::Own("r.\"values\""),
    custom_links: "FROM object_references l WHERE l.workspace_id = $1 AND l.object_id = r.id AND l.field_id = ",
};

/// Reads a page of the deals of a place.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn page(
    connection: &mut AsyncPgConnection,
    home: DealHome,
    page: &Page<'_>,
    definitions: &Definitions,
) -> Result<Loaded<DealView>, Error> {
    let mut sql = page.wanted_where("objects", &DEAL, |sql| {
        sql.sql(" AND r.group_id = ")
            .uuid(home.group_id.uuid())
            .sql(" AND r.object_type_id = ")
            .uuid(home.object_type_id.uuid());
    });
    sql.sql(SHOWN);
    let stored = StoredDeal::fetch(connection, sql).await?;
    read(stored, definitions)
}
