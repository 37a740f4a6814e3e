//! Making people: one statement, however many.

use diesel_async::AsyncPgConnection;
use domain::{CompanyId, InteractionSummary, PersonDraft, PersonId, RecordNames};

use super::write::{Outcome, Written, write};
use crate::Error;
use crate::records::sql::{insert_memberships, insert_references};
use crate::records::{Stored, Writing};

const SQL: &str = concat!(
    include_str!("../records/input.sql"),
    include_str!("../records/look_up.sql"),
    include_str!("given.sql"),
    insert_memberships!("person", "ready"),
    insert_references!("person", "group_id, ", "ready"),
    include_str!("insert.sql"),
    include_str!("../records/found.sql")
);

/// A person that is yet to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The id it will have.
    pub id: PersonId,
    /// What it will be.
    pub draft: PersonDraft,
    /// An id for each company that the draft names and that may have to be made.
    pub new_companies: Vec<CompanyId>,
    /// Whether to store it, or only to look up what it refers to.
    pub store: bool,
}

/// What came of making people.
#[derive(Debug)]
pub enum Created {
    /// The definitions have changed; nothing was stored.
    Stale,
    /// What came of each, in their order.
    People(Vec<Outcome>),
}

/// Makes people, and the companies they name that do not exist: all of a person, or nothing of it.
///
/// # Errors
/// [`Error::Conflict`] if something they refer to was deleted, or a company renamed, at this moment: nothing was
/// stored, and another try sees it. Otherwise when the database does not answer.
pub async fn create(
    connection: &AsyncPgConnection,
    writing: Writing,
    people: &[NewPerson],
) -> Result<Created, Error> {
    let (names, interactions) = (RecordNames::new(), InteractionSummary::default());
    let written = people.iter().map(|person| {
        let NewPerson {
            id,
            draft,
            new_companies,
            store,
        } = person;
        Written {
            record: Stored::new(*id, &writing),
            draft,
            store: *store,
            new_companies,
            names: &names,
            interactions: &interactions,
        }
    });
    let outcomes = write(connection, SQL, writing, &written.collect::<Vec<_>>()).await?;
    Ok(outcomes.map_or(Created::Stale, Created::People))
}
