//! Making people: one statement, however many.

use diesel_async::AsyncPgConnection;
use domain::{CompanyId, InteractionSummary, PersonDraft, PersonId, RecordNames};

use super::row::Record;
use super::write::{Outcome, Writing, Written, write};
use crate::Error;

const SQL: &str = concat!(
    include_str!("resolve.sql"),
    include_str!("insert.sql"),
    include_str!("answer.sql")
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
    connection: &mut AsyncPgConnection,
    writing: Writing,
    people: &[NewPerson],
) -> Result<Created, Error> {
    let (names, interactions) = (RecordNames::new(), InteractionSummary::default());
    let people: Vec<_> = people
        .iter()
        .map(
            |NewPerson {
                 id,
                 draft,
                 new_companies,
                 store,
             }| Written {
                record: Record {
                    id: *id,
                    created_at: writing.now,
                    created_by: writing.actor,
                    updated_at: writing.now,
                    version: 1,
                },
                draft,
                store: *store,
                new_companies,
                names: &names,
                interactions: &interactions,
            },
        )
        .collect();
    let outcomes = write(connection, SQL, writing, &people).await?;
    Ok(outcomes.map_or(Created::Stale, Created::People))
}
