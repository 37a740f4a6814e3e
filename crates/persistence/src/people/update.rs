//! Changing a person: the row is locked, a pure function decides, the whole person is written.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    CompanyId, Definitions, EntityType, Operation, PersonDraft, PersonId, PersonView, RecordName,
    RecordNames, WorkspaceId,
};
use uuid::Uuid;

use super::load::lock;
use super::snapshot::differences;
use super::write::{Outcome, Written, write};
use crate::Error;
use crate::changes::{self, Change};
use crate::records::shown::Loaded;
use crate::records::sql::{replace_memberships, replace_references};
use crate::records::{Decision, Stored, Updated, Writing};
use crate::schema::companies;

const SQL: &str = concat!(
    include_str!("../records/input.sql"),
    include_str!("../records/look_up.sql"),
    include_str!("given.sql"),
    replace_memberships!("person", "ready"),
    replace_references!("person", "group_id, ", "ready"),
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

/// Changes a person as `decide` says when it has seen it, with the names of these companies beside those of the
/// person's own.
///
/// # Errors
/// As for [`super::create()`].
pub async fn update(
    connection: &AsyncPgConnection,
    writing: Writing,
    id: PersonId,
    compared: &[CompanyId],
    definitions: &Definitions,
    decide: impl FnOnce(&PersonView) -> Decision<ChangedPerson> + Send,
) -> Result<Updated<UpdatedPerson>, Error> {
    let mut people = match lock(connection, writing.workspace_id, id, definitions).await? {
        Loaded::Found(people) => people,
        Loaded::Stale => return Ok(Updated::Stale),
    };
    let Some(mut current) = people.pop() else {
        return Ok(Updated::NotFound);
    };
    let names = company_names(connection, writing.workspace_id, compared).await?;
    current.names.extend(names);
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
}

/// The names of those of the companies that exist.
async fn company_names(
    mut connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    ids: &[CompanyId],
) -> Result<RecordNames, Error> {
    if ids.is_empty() {
        return Ok(RecordNames::new());
    }
    let found: Vec<(Uuid, String)> = companies::table
        .filter(companies::workspace_id.eq(workspace_id.uuid()))
        .filter(companies::id.eq_any(ids.iter().map(|id| id.uuid())))
        .select((companies::id, companies::name))
        .load(&mut connection)
        .await?;
    let entity_type = EntityType::Company;
    let named = found
        .into_iter()
        .map(|(id, name)| (id, RecordName { entity_type, name }));
    Ok(named.collect())
}
