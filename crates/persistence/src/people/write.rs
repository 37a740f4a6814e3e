//! Writing people, new or changed: the document that the statements take, and what they answer.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    CompanyId, CompanyRef, EntityType, InteractionSummary, Person, PersonDraft, PersonView, RecordName,
    RecordNames, ReferenceTarget, UserId, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::row::{PersonRow, Record};
use super::values::{self, Placed, StoredTarget, StoredValues};
use crate::Error;
use crate::companies::name_key;
use crate::statement::{Document, Statement};

/// Who writes when, and by which definitions it was judged.
#[derive(Debug, Clone, Copy)]
pub struct Writing {
    /// Whose people they are.
    pub workspace_id: WorkspaceId,
    /// Who writes.
    pub actor: UserId,
    /// The time that is kept.
    pub now: DateTime<Utc>,
    /// The definitions that the drafts were judged by.
    pub definitions_version: i64,
    /// Stores nothing if any of the drafts cannot be.
    pub atomic: bool,
}

/// What came of writing one person.
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

/// One person to write.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) record: Record,
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

/// Runs one of the statements that write people; nothing if the definitions have changed.
pub(super) async fn write(
    connection: &mut AsyncPgConnection,
    sql: &'static str,
    writing: Writing,
    people: &[Written<'_>],
) -> Result<Option<Vec<Outcome>>, Error> {
    let statement = Statement {
        sql,
        workspace_id: writing.workspace_id.uuid(),
        input: &Document(Input::new(writing, people)),
    };
    let Document(output): Document<Output> = statement.get_result(connection).await?;
    Ok(output.current.then(|| output.outcomes(people)))
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
            memberships: Vec::new(),
            references: Vec::new(),
            asked: Vec::new(),
        };
        for person in people {
            if person.store {
                input
                    .people
                    .push(PersonRow::new(person.record, &person.draft.profile));
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
    fn outcomes(self, people: &[Written<'_>]) -> Vec<Outcome> {
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

impl From<Kind> for EntityType {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Company => Self::Company,
            Kind::Object => Self::Object,
        }
    }
}

impl Written<'_> {
    /// The person that the draft has become, without asking the database again.
    fn outcome(&self, found: &RecordNames, linked: Vec<LinkedRow>) -> Outcome {
        let mut names = self.names.clone();
        for reference in &self.draft.references {
            let id = match reference.target {
                ReferenceTarget::Person(id) => id.uuid(),
                ReferenceTarget::Company(id) => id.uuid(),
                ReferenceTarget::Object(id, _) => id.uuid(),
            };
            if let Some(name) = found.get(&id) {
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
        } = self.record;
        // One who is its own contact has just got another name, perhaps.
        if let Some(own) = names.get_mut(&id.uuid()) {
            own.name = self.draft.profile.shown_full_name();
        }
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

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
