//! Changing a person: the row is locked, a pure function decides, the whole person is written.

use diesel_async::{AsyncConnection as _, AsyncPgConnection};
use domain::{CompanyId, Definitions, EntityType, Operation, PersonDraft, PersonId, PersonView};

use super::load::lock;
use super::snapshot::differences;
use super::write::{Outcome, Written, write};
use crate::Error;
use crate::changes::{self, Change};
use crate::records::shown::Loaded;
use crate::records::sql::{replace_memberships, write_references};
use crate::records::{Decision, Stored, Updated, Writing};

const SQL: &str = concat!(
    include_str!("../records/known.sql"),
    include_str!("resolve.sql"),
    replace_memberships!("person"),
    write_references!("person", "group_id, "),
    include_str!("replace.sql"),
    include_str!("answer.sql")
);

/// A person as it is to be, with an id for each company that the draft names and that may have to be made.
#[derive(Debug)]
pub struct ChangedPerson {
    /// What it will be.
    pub draft: PersonDraft,
    /// The ids.
    pub new_companies: Vec<CompanyId>,
}

/// A person, and its companies that were made for it, or would be.
pub type UpdatedPerson = (Box<PersonView>, Vec<CompanyId>);

/// Changes a person as `decide` says when it has seen it.
///
/// # Errors
/// As for [`super::create()`].
pub async fn update(
    connection: &mut AsyncPgConnection,
    writing: Writing,
    id: PersonId,
    definitions: &Definitions,
    decide: impl FnOnce(&PersonView) -> Decision<ChangedPerson> + Send,
) -> Result<Updated<UpdatedPerson>, Error> {
    connection
        .transaction(async move |connection| {
            let mut people = match lock(connection, writing.workspace_id, id, definitions).await? {
                Loaded::Found(people) => people,
                Loaded::Stale => return Ok(Updated::Stale),
            };
            let Some(current) = people.pop() else {
                return Ok(Updated::NotFound);
            };
            let (changed, store) = match decide(&current) {
                Decision::Leave => return Ok(Updated::Done((Box::new(current), Vec::new()))),
                Decision::Write(changed) => (changed, true),
                Decision::DryRun(changed) => (changed, false),
            };
            let ChangedPerson { draft, new_companies } = *changed;
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
            let (view, new_companies) = match outcomes.and_then(|mut outcomes| outcomes.pop()) {
                None => return Ok(Updated::Stale),
                Some(Outcome::Missing(missing)) => return Ok(Updated::Missing(missing)),
                Some(Outcome::Person { view, new_companies }) => (view, new_companies),
            };
            if store {
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
            Ok(Updated::Done((view, new_companies)))
        })
        .await
}
