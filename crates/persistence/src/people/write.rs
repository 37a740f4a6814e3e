//! Writing people, new or changed: the document that the statements take, and what they answer.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use domain::{
    CompanyId, CompanyRef, EntityType, InteractionSummary, Person, PersonDraft, PersonId, PersonView,
    RecordName, RecordNames,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::row::WrittenRow;
use crate::Error;
use crate::companies::name_key_hex;
use crate::records::links::{Found, Links, Missing, names_of};
use crate::records::{Stored, Writing};
use crate::statement::{Document, Statement};

/// What came of writing one person.
#[derive(Debug)]
pub enum Outcome {
    /// These do not exist, so nothing of the person was stored.
    Missing(Missing),
    /// The person as it is now, or as it would be.
    Person {
        /// The person.
        view: Box<PersonView>,
        /// Its companies that were made for it, or would be.
        new_companies: Vec<CompanyId>,
    },
}

/// One person to write.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) record: Stored<PersonId>,
    pub(super) draft: &'a PersonDraft,
    /// Whether to store it, or only to look up what it refers to.
    pub(super) store: bool,
    /// An id for each company that the draft names and that may have to be made.
    pub(super) new_companies: &'a [CompanyId],
    /// Names that are known already.
    pub(super) names: &'a RecordNames,
    pub(super) interactions: &'a InteractionSummary,
}

#[derive(Debug, Serialize)]
struct Input {
    actor: Uuid,
    now: DateTime<Utc>,
    definitions_version: i64,
    atomic: bool,
    people: Vec<WrittenRow>,
    companies: Vec<CompanyRow>,
    #[serde(flatten)]
    links: Links,
}

#[derive(Debug, Serialize)]
struct CompanyRow {
    person_id: Uuid,
    position: i16,
    id: Option<Uuid>,
    name: Option<String>,
    name_key: Option<String>,
    new_id: Option<Uuid>,
}

#[derive(Debug, Deserialize)]
struct Output {
    #[serde(flatten)]
    found: Found,
    companies: Vec<LinkedRow>,
}

#[derive(Debug, Deserialize)]
struct LinkedRow {
    person_id: Uuid,
    id: Uuid,
    name: String,
    is_new: bool,
}

/// Runs one of the statements that write people; nothing if the definitions have changed.
pub(super) async fn write(
    connection: &AsyncPgConnection,
    sql: &'static str,
    writing: Writing,
    people: &[Written<'_>],
) -> Result<Option<Vec<Outcome>>, Error> {
    let statement = Statement {
        sql,
        workspace_id: writing.workspace_id.uuid(),
        input: &Document(Input::new(writing, people)),
    };
    let output: Output = statement.answer(connection).await?;
    Ok(output.found.current.then(|| output.outcomes(people)))
}

impl Input {
    fn new(writing: Writing, people: &[Written<'_>]) -> Self {
        let Writing {
            workspace_id: _,
            actor,
            now,
            definitions_version,
            atomic,
        } = writing;
        let mut input = Self {
            actor: actor.uuid(),
            now,
            definitions_version,
            atomic,
            people: Vec::with_capacity(people.len()),
            companies: Vec::new(),
            links: Links::default(),
        };
        for person in people {
            if person.store {
                input
                    .people
                    .push(WrittenRow::new(person.record, &person.draft.profile));
            }
            input.add(person);
        }
        input
    }

    fn add(&mut self, person: &Written<'_>) {
        let draft = person.draft;
        let person_id = person.record.id.uuid();
        let mut new_companies = person.new_companies.iter();
        for (position, company) in (0_i16..).zip(&draft.companies) {
            let (id, name) = match company {
                CompanyRef::Id(id) => (Some(id.uuid()), None),
                CompanyRef::Name(name) => (None, Some(name)),
            };
            self.companies.push(CompanyRow {
                person_id,
                position,
                id,
                name: name.map(|name| name.as_str().to_owned()),
                name_key: name.map(|name| name_key_hex(&name.key())),
                new_id: name.and_then(|_| new_companies.next()).map(|id| id.uuid()),
            });
        }
        self.links.add_memberships(person_id, &draft.memberships);
        self.links.ask_for(person_id, &draft.references);
    }
}

impl Output {
    fn outcomes(self, people: &[Written<'_>]) -> Vec<Outcome> {
        let mut missing = self.found.missing();
        let mut companies: HashMap<Uuid, Vec<LinkedRow>> = HashMap::new();
        for row in self.companies {
            companies.entry(row.person_id).or_default().push(row);
        }
        let known = self.found.names();
        let outcome = |person: &Written<'_>| {
            let id = person.record.id.uuid();
            match missing.remove(&id) {
                Some(missing) => Outcome::Missing(missing),
                None => person.outcome(&known, companies.remove(&id).unwrap_or_default()),
            }
        };
        people.iter().map(outcome).collect()
    }
}

impl Written<'_> {
    /// The person that the draft has become, without asking the database again.
    fn outcome(&self, found: &RecordNames, linked: Vec<LinkedRow>) -> Outcome {
        let own_name = self.draft.profile.shown_full_name();
        let own = (self.record.id.uuid(), own_name.as_str());
        let mut names = names_of(self.names, &self.draft.references, found, own);
        let mut companies = Vec::with_capacity(linked.len());
        let mut new_companies = Vec::new();
        for LinkedRow {
            person_id: _,
            id,
            name,
            is_new,
        } in linked
        {
            companies.push(id.into());
            if is_new {
                new_companies.push(id.into());
            }
            let entity_type = EntityType::Company;
            names.insert(id, RecordName { entity_type, name });
        }
        let Stored {
            id,
            created_at,
            created_by,
            updated_at,
            version,
        } = self.record;
        let view = PersonView {
            person: Person {
                id,
                profile: self.draft.profile.clone(),
                companies,
                memberships: self.draft.memberships.clone(),
                created_at,
                created_by,
                updated_at,
                version,
            },
            names,
            interactions: self.interactions.clone(),
        };
        let view = Box::new(view);
        Outcome::Person { view, new_companies }
    }
}
