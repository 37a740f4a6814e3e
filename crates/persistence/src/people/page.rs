//! Pages of people: those that a filter wants, by key, in one statement.

use diesel_async::AsyncPgConnection;
use domain::{Definitions, PersonView};

use super::load::{SHOWN, StoredPerson};
use crate::Error;
use crate::filter::{RecordSql, ValuesSql};
use crate::records::page::Page;
use crate::records::shown::{Loaded, Shown as _, read};

const PERSON: RecordSql = RecordSql {
    column: |field| {
        Some(match field {
            "full_name" => "r.full_name",
            "first_name" => "r.first_name",
            "last_name" => "r.last_name",
            "job_title" => "r.job_title",
            "description" => "r.description",
            "emails" => "r.emails",
            "phones" => "r.phones",
            "addresses" => "r.addresses",
            "urls" => "r.urls",
            "birthday" => "r.birthday",
            "create_time" => "r.created_at",
            "created_by" => "r.created_by",
            _ => return None,
        })
    },
    email_keys: "r.email_keys",
    links: |field| {
        Some(match field {
            "groups" => {
                "FROM person_memberships l WHERE l.workspace_id = $1 AND l.person_id = r.id AND l.group_id"
            }
            "companies" => {
                "FROM person_companies l WHERE l.workspace_id = $1 AND l.person_id = r.id AND l.company_id"
            }
            _ => return None,
        })
    },
    values: ValuesSql::InGroups(
        "r.id IN (SELECT m.person_id FROM person_memberships m WHERE m.workspace_id = $1 AND m.group_id = ",
    ),
    custom_links: "FROM person_references l WHERE l.workspace_id = $1 AND l.person_id = r.id AND l.field_id = ",
};

/// Reads a page.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn page(
    connection: &mut AsyncPgConnection,
    page: &Page<'_>,
    definitions: &Definitions,
) -> Result<Loaded<PersonView>, Error> {
    let mut sql = page.wanted("people", &PERSON);
    sql.sql(SHOWN);
    let stored = StoredPerson::fetch(connection, sql).await?;
    read(stored, definitions)
}
