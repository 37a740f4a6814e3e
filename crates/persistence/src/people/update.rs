//! Changing a person: the row is locked, a pure function decides, the whole person is written.

use diesel_async::{AsyncConnection as _, AsyncPgConnection};
use domain::{CompanyId, Definitions, EntityType, Operation, PersonDraft, PersonId, PersonView};

use super::load::{Loaded, lock};
use super::snapshot::differences;
use super::write::{Outcome, Written, write};
use crate::Error;
use crate::changes::{self, Change};
use crate::records::sql::{replace_memberships, write_references};
use crate::records::{Stored, Writing};

const SQL: &str = concat!(
    include_str!("../records/known.sql"),
    include_str!("resolve.sql"),
    replace_memberships!("person"),
    write_references!("person", "group_id, "),
    include_str!("replace.sql"),
    include_str!("answer.sql")
);

/// What to do with a person, having seen it as it is.
#[derive(Debug)]
pub enum Decision {
    /// Leave it.
    Leave,
    /// Make it this, with an id for each company that the draft names and that may have to be made.
    Write(Box<PersonDraft>, Vec<CompanyId>),
    /// Look up what such a person would refer to, and store nothing.
    DryRun(Box<PersonDraft>, Vec<CompanyId>),
}

/// What came of changing a person.
#[derive(Debug)]
pub enum Updated {
    /// There is no such person.
    NotFound,
    /// The definitions have changed; nothing was stored.
    Stale,
    /// What came of it, or the person as it was and is.
    Outcome(Outcome),
}

/// Changes a person as `decide` says when it has seen it.
///
/// # Errors
/// As for [`super::create()`].
pub async fn update(
    connection: &mut AsyncPgConnection,
    writing: Writing,
    id: PersonId,
    definitions: &Definitions,
    decide: impl FnOnce(&PersonView) -> Decision + Send,
) -> Result<Updated, Error> {
    connection
        .transaction(async move |connection| {
            let mut people = match lock(connection, writing.workspace_id, id, definitions).await? {
                Loaded::People(people) => people,
                Loaded::Stale => return Ok(Updated::Stale),
            };
            let Some(current) = people.pop() else {
                return Ok(Updated::NotFound);
            };
            let (draft, new_companies, store) = match decide(&current) {
                Decision::Leave => {
                    return Ok(Updated::Outcome(Outcome::Person {
                        view: Box::new(current),
                        new_companies: Vec::new(),
                    }));
                }
                Decision::Write(draft, new_companies) => (draft, new_companies, true),
                Decision::DryRun(draft, new_companies) => (draft, new_companies, false),
            };
            let written = Written {
                record: Stored {
                    id: current.person.id,
                    created_at: current.person.created_at,
                    created_by: current.person.created_by,
                    updated_at: current.person.updated_at,
                    version: current.person.version,
                }
                .next(&writing),
                draft: &draft,
                store,
                new_companies: &new_companies,
                names: &current.names,
                interactions: &current.interactions,
            };
            let outcomes = write(connection, SQL, writing, &[written]).await?;
            let outcome = outcomes.and_then(|mut outcomes| outcomes.pop());
            if let Some(Outcome::Person {
                view,
                new_companies: _,
            }) = &outcome
                && store
            {
                let change = Change {
                    entity: (EntityType::Person, id.uuid()),
                    operation: Operation::Update,
                    payload: Some(differences(&current.person, &view.person)),
                };
                changes::append(
                    connection,
                    writing.workspace_id,
                    writing.actor,
                    change,
                    writing.now,
                )
                .await?;
            }
            Ok(outcome.map_or(Updated::Stale, Updated::Outcome))
        })
        .await
}
