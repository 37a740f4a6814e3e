//! Pages of people: those that a filter wants, by key, in one statement.

use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{Definitions, Filter, PersonId, WorkspaceId};
use uuid::Uuid;

use super::load::{Loaded, SHOWN, StoredPerson, read};
use crate::Error;
use crate::filter::{self, RecordSql, ValuesSql};
use crate::fragments::Fragments;
use crate::statement::Document;

/// Which people a page holds.
#[derive(Debug)]
pub struct PageOfPeople<'a> {
    /// Whose people.
    pub workspace_id: WorkspaceId,
    /// Which of them.
    pub filter: &'a Filter,
    /// Only people whose ids come after this one.
    pub after: Option<PersonId>,
    /// How many at most.
    pub limit: usize,
}

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
        " FROM person_memberships m WHERE m.workspace_id = $1 AND m.person_id = r.id AND m.group_id = ",
    ),
    custom_links: "FROM person_references l WHERE l.workspace_id = $1 AND l.person_id = r.id AND l.field_id = ",
};

/// Reads a page.
///
/// # Errors
/// When the database does not answer, or [`Error::Inconsistent`].
pub async fn page(
    connection: &mut AsyncPgConnection,
    page: &PageOfPeople<'_>,
    definitions: &Definitions,
) -> Result<Loaded, Error> {
    let PageOfPeople {
        workspace_id,
        filter,
        after,
        limit,
    } = page;
    let mut sql = Fragments::default();
    sql.sql("WITH wanted AS MATERIALIZED (SELECT r.id FROM people r WHERE r.workspace_id = ")
        .uuid(workspace_id.uuid())
        .sql(" AND r.id > ")
        .uuid(after.map_or(Uuid::nil(), PersonId::uuid))
        .sql(" AND (");
    filter::push(filter, &PERSON, &mut sql);
    sql.sql(") ORDER BY r.id LIMIT ")
        .number(i64::try_from(*limit).unwrap_or(i64::MAX))
        .sql(")\n")
        .sql(SHOWN);
    let stored: Vec<Document<StoredPerson>> = sql.get_results(connection).await?;
    read(stored, definitions)
}
