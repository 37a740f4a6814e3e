//! Pages of people: those that a filter wants, by key.

use domain::{Definitions, PersonView};
use futures_util::future::try_join_all;

use super::load::StoredPerson;
use crate::filter::{RecordSql, RowsSql, ValuesSql};
use crate::records::page::{EVERYWHERE, Listed, Page, Wanted, fetch_page, read_page};
use crate::records::shown::{Fetched, Shown as _};
use crate::{Database, Error, Reach};

const PERSON: RecordSql = RecordSql {
    table: "people",
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
    trigrams: |field| {
        Some(match field {
            "full_name" | "first_name" | "last_name" => {
                "names_as_text(r.full_name, r.first_name, r.last_name)"
            }
            "emails" | "phones" | "addresses" | "urls" => {
                "entries_as_text(r.emails || r.phones || r.addresses || r.urls)"
            }
            _ => return None,
        })
    },
    text_keys: "text_keys(ARRAY[r.full_name, r.first_name, r.last_name, r.job_title, r.description], r.email_keys, r.phones, r.addresses, r.urls)",
    text_place: |field| {
        Some(match field {
            "full_name" => 1,
            "first_name" => 2,
            "last_name" => 3,
            "job_title" => 4,
            "description" => 5,
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
            table: "person_memberships",
            record: "l.person_id",
            target: "l.group_id",
        }),
        "companies" => Some(RowsSql {
            table: "person_companies",
            record: "l.person_id",
            target: "l.company_id",
        }),
        _ => None,
    },
    values: ValuesSql::InGroups(RowsSql {
        table: "person_memberships",
        record: "l.person_id",
        target: "l.group_id",
    }),
    custom_links: RowsSql {
        table: "person_references",
        record: "l.person_id",
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
) -> Result<Listed<PersonView>, Error> {
    wanted
        .read::<StoredPerson>(database, &PERSON, EVERYWHERE, definitions)
        .await
}

/// A page of people as it is stored.
#[derive(Debug)]
pub struct StoredPage(Fetched<StoredPerson>);

/// Fetches pages of all people of a workspace, in one transaction: to begin, to end and to wait for it costs as much for one page
/// as for several.
///
/// # Errors
/// When the database does not answer, or refuses one of them.
pub async fn fetch_pages(
    database: &Database,
    reach: Reach,
    pages: &[Page],
) -> Result<Vec<StoredPage>, Error> {
    let times = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    database
        .alone(reach, StoredPerson::ALONE_OF_PAGE, times, async |connection| {
            let each = pages.iter().map(async |page| {
                fetch_page(connection, reach.workspace_id, *page, &PERSON, EVERYWHERE)
                    .await
                    .map(StoredPage)
            });
            Ok(try_join_all(each).await?)
        })
        .await
}

impl StoredPage {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::Inconsistent`].
    pub fn read(self, definitions: &Definitions) -> Result<Listed<PersonView>, Error> {
        read_page(self.0, definitions)
    }
}
