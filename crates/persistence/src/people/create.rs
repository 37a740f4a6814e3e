//! Making people: one statement, however many.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    CompanyId, CompanyRef, EntityType, InteractionSummary, Person, PersonDraft, PersonId, PersonView,
    RecordName, RecordNames, ReferenceTarget, UserId, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::row::{PersonRow, Record};
use super::values::{self, Placed, StoredTarget, StoredValues};
use crate::Error;
use crate::companies::name_key;
use crate::statement::{Document, Statement};

/// People to make together.
#[derive(Debug)]
pub struct CreatePeople<'a> {
    /// Whose people they will be.
    pub workspace_id: WorkspaceId,
    /// Who makes them.
    pub actor: UserId,
    /// The time that is kept.
    pub now: DateTime<Utc>,
    /// The definitions that the drafts were judged by.
    pub definitions_version: i64,
    /// Only looks up what the drafts refer to, and stores nothing.
    pub dry_run: bool,
    /// The people.
    pub people: &'a [NewPerson],
}

/// A person that is yet to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The id it will have.
    pub id: PersonId,
    /// What it will be.
    pub draft: PersonDraft,
    /// An id for each company that the draft names and that may have to be made.
    pub new_companies: Vec<CompanyId>,
}

/// What came of making people.
#[derive(Debug)]
pub enum Created {
    /// The definitions have changed; nothing was stored.
    Stale,
    /// What came of each, in their order.
    People(Vec<Outcome>),
}

/// What came of making one person.
#[derive(Debug)]
pub enum Outcome {
    /// These do not exist, so nothing of the person was stored.
    Missing(Vec<ReferenceTarget>),
    /// The person as it is now, or as it would be.
    Person {
        /// The person.
        view: Box<PersonView>,
        /// Its companies that were made for it, or would be.
        new_companies: Vec<CompanyId>,
    },
}

#[derive(Debug, Serialize)]
struct Input {
    actor: Uuid,
    now: DateTime<Utc>,
    definitions_version: i64,
    dry_run: bool,
    people: Vec<PersonRow>,
    companies: Vec<CompanyRow>,
    memberships: Vec<MembershipRow>,
    references: Vec<ReferenceRow>,
    asked: Vec<AskedRow>,
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

#[derive(Debug, Serialize)]
struct MembershipRow {
    person_id: Uuid,
    group_id: Uuid,
    position: i16,
    values: StoredValues,
}

#[derive(Debug, Serialize)]
struct ReferenceRow {
    person_id: Uuid,
    group_id: Uuid,
    field_id: Uuid,
    position: i16,
    #[serde(flatten)]
    target: StoredTarget,
}

#[derive(Debug, Serialize, Deserialize)]
struct AskedRow {
    person_id: Uuid,
    kind: Kind,
    id: Uuid,
    object_type_id: Option<Uuid>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Person,
    Company,
    Object,
}

#[derive(Debug, Deserialize)]
struct Output {
    current: bool,
    missing: Vec<AskedRow>,
    names: Vec<NameRow>,
    companies: Vec<LinkedRow>,
}

#[derive(Debug, Deserialize)]
struct NameRow {
    kind: Kind,
    id: Uuid,
    name: String,
}

#[derive(Debug, Deserialize)]
struct LinkedRow {
    person_id: Uuid,
    id: Uuid,
    name: String,
    is_new: bool,
}

/// Makes people, and the companies they name that do not exist: all of a person, or nothing of it.
///
/// # Errors
/// [`Error::Conflict`] if something they refer to was deleted, or a company renamed, at this moment: nothing was
/// stored, and another try sees it. Otherwise when the database does not answer.
pub async fn create(
    connection: &mut AsyncPgConnection,
    request: &CreatePeople<'_>,
) -> Result<Created, Error> {
    let statement = Statement {
        sql: include_str!("create.sql"),
        workspace_id: request.workspace_id.uuid(),
        input: &Document(Input::new(request)),
    };
    let Document(output): Document<Output> = statement.get_result(connection).await?;
    if !output.current {
        return Ok(Created::Stale);
    }
    Ok(Created::People(output.outcomes(request)))
}

impl Input {
    fn new(request: &CreatePeople<'_>) -> Self {
        let mut input = Self {
            actor: request.actor.uuid(),
            now: request.now,
            definitions_version: request.definitions_version,
            dry_run: request.dry_run,
            people: Vec::with_capacity(request.people.len()),
            companies: Vec::new(),
            memberships: Vec::new(),
            references: Vec::new(),
            asked: Vec::new(),
        };
        for person in request.people {
            input
                .people
                .push(PersonRow::new(record(request, person.id), &person.draft.profile));
            input.add(person);
        }
        input
    }

    fn add(
        &mut self,
        NewPerson {
            id,
            draft,
            new_companies,
        }: &NewPerson,
    ) {
        let person_id = id.uuid();
        let mut new_companies = new_companies.iter();
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
                name_key: name.map(|name| hex(&name_key(name))),
                new_id: name.and_then(|_| new_companies.next()).map(|id| id.uuid()),
            });
        }
        for (position, membership) in (0_i16..).zip(&draft.memberships) {
            let group_id = membership.group_id.uuid();
            let mut values = StoredValues::new();
            for (field, value) in &membership.values {
                match values::to_stored(value) {
                    Placed::Plain(value) => {
                        values.insert(field.uuid(), value);
                    }
                    Placed::Links(links) => {
                        let rows = (0_i16..).zip(links).map(|(position, target)| ReferenceRow {
                            person_id,
                            group_id,
                            field_id: field.uuid(),
                            position,
                            target,
                        });
                        self.references.extend(rows);
                    }
                }
            }
            self.memberships.push(MembershipRow {
                person_id,
                group_id,
                position,
                values,
            });
        }
        for reference in &draft.references {
            self.asked.push(AskedRow::new(person_id, reference.target));
        }
    }
}

impl AskedRow {
    fn new(person_id: Uuid, target: ReferenceTarget) -> Self {
        let (kind, id, object_type_id) = match target {
            ReferenceTarget::Person(id) => (Kind::Person, id.uuid(), None),
            ReferenceTarget::Company(id) => (Kind::Company, id.uuid(), None),
            ReferenceTarget::Object(id, object_type) => (Kind::Object, id.uuid(), Some(object_type.uuid())),
        };
        Self {
            person_id,
            kind,
            id,
            object_type_id,
        }
    }

    fn target(&self) -> ReferenceTarget {
        match (self.kind, self.object_type_id) {
            (Kind::Person, _) => ReferenceTarget::Person(self.id.into()),
            (Kind::Company, _) => ReferenceTarget::Company(self.id.into()),
            (Kind::Object, object_type) => {
                ReferenceTarget::Object(self.id.into(), object_type.unwrap_or_default().into())
            }
        }
    }
}

impl Output {
    fn outcomes(self, request: &CreatePeople<'_>) -> Vec<Outcome> {
        let mut missing: HashMap<Uuid, Vec<ReferenceTarget>> = HashMap::new();
        for row in &self.missing {
            missing.entry(row.person_id).or_default().push(row.target());
        }
        let mut companies: HashMap<Uuid, Vec<LinkedRow>> = HashMap::new();
        for row in self.companies {
            companies.entry(row.person_id).or_default().push(row);
        }
        let known: RecordNames = self
            .names
            .into_iter()
            .map(|NameRow { kind, id, name }| {
                (
                    id,
                    RecordName {
                        entity_type: kind.into(),
                        name,
                    },
                )
            })
            .collect();
        let outcome = |person: &NewPerson| match missing.remove(&person.id.uuid()) {
            Some(missing) => Outcome::Missing(missing),
            None => {
                let linked = companies.remove(&person.id.uuid()).unwrap_or_default();
                made(record(request, person.id), &person.draft, &known, linked)
            }
        };
        request.people.iter().map(outcome).collect()
    }
}

impl From<Kind> for EntityType {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Company => Self::Company,
            Kind::Object => Self::Object,
        }
    }
}

fn record(request: &CreatePeople<'_>, id: PersonId) -> Record {
    Record {
        id,
        created_at: request.now,
        created_by: request.actor,
        updated_at: request.now,
        version: 1,
    }
}

/// The person that the draft has become, without asking the database again.
fn made(record: Record, draft: &PersonDraft, known: &RecordNames, linked: Vec<LinkedRow>) -> Outcome {
    let mut names = RecordNames::new();
    for reference in &draft.references {
        let id = match reference.target {
            ReferenceTarget::Person(id) => id.uuid(),
            ReferenceTarget::Company(id) => id.uuid(),
            ReferenceTarget::Object(id, _) => id.uuid(),
        };
        if let Some(name) = known.get(&id) {
            names.insert(id, name.clone());
        }
    }
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
    let Record {
        id,
        created_at,
        created_by,
        updated_at,
        version,
    } = record;
    let view = PersonView {
        person: Person {
            id,
            profile: draft.profile.clone(),
            companies,
            memberships: draft.memberships.clone(),
            created_at,
            created_by,
            updated_at,
            version,
        },
        names,
        interactions: InteractionSummary::default(),
    };
    let view = Box::new(view);
    Outcome::Person { view, new_companies }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
