//! Making people: one statement, however many, unless something that they name is missing.

use diesel_async::AsyncPgConnection;
use domain::{CompanyId, InteractionSummary, PersonDraft, PersonId, RecordNames};

use super::write::{LookedUp, Outcome, Written, write};
use crate::records::sql::{insert_memberships, insert_references};
use crate::records::{Stored, Writing};
use crate::session::Alone;
use crate::{Database, Error, Reach};

const SQL: &str = concat!(
    include_str!("../records/input.sql"),
    include_str!("../records/look_up.sql"),
    include_str!("given.sql"),
    insert_memberships!("person", "ready"),
    insert_references!("person", "group_id, ", "ready"),
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
/// [`Error::Conflict`] if something they refer to was deleted at this moment: nothing was
/// stored, and another try sees it. Otherwise when the database does not answer.
pub async fn create(
    connection: &AsyncPgConnection,
    writing: Writing,
    people: &[NewPerson],
) -> Result<Created, Error> {
    let nothing_known = NothingKnown::default();
    let people = nothing_known.of_each(&writing, people);
    let outcomes = write(connection, SQL, writing, &people).await?;
    Ok(outcomes.map_or(Created::Stale, Created::People))
}

/// The same in a transaction of its own. As a rule that is one round trip; what of it needs another statement is a
/// transaction by itself, since the first one wrote nothing then.
///
/// # Errors
/// As for [`create()`]; that it is stored is unknown if the database does not answer.
pub async fn create_alone(
    database: &Database,
    writing: Writing,
    people: &[NewPerson],
) -> Result<Created, Error> {
    let nothing_known = NothingKnown::default();
    let people = nothing_known.of_each(&writing, people);
    let reach = Reach::of(writing.workspace_id);
    let looked_up = database
        .alone(reach, Alone::MakePeople, 1, async |connection| {
            LookedUp::of(connection, SQL, writing, &people).await
        })
        .await?;
    let Some(mut looked_up) = looked_up else {
        return Ok(Created::Stale);
    };
    if !looked_up.rest(&writing).is_empty() {
        database
            .within(reach, async |connection| {
                looked_up.write_rest(connection, SQL, writing).await
            })
            .await?;
    }
    database.note_written(people.len());
    Ok(Created::People(looked_up.outcomes()))
}

/// What is known of somebody who is yet to be made.
#[derive(Default)]
struct NothingKnown {
    names: RecordNames,
    interactions: InteractionSummary,
}

impl NothingKnown {
    fn of_each<'a>(&'a self, writing: &Writing, people: &'a [NewPerson]) -> Vec<Written<'a>> {
        let written = people.iter().map(|person| {
            let NewPerson {
                id,
                draft,
                new_companies,
                store,
            } = person;
            Written {
                record: Stored::new(*id, writing),
                draft,
                store: *store,
                new_companies,
                names: &self.names,
                interactions: &self.interactions,
            }
        });
        written.collect()
    }
}
