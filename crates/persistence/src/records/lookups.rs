//! What records refer to and only the database knows to exist: looked up by the statement that writes them.

use std::collections::HashMap;

use diesel_async::AsyncPgConnection;
use domain::{
    CompanyId, CompanyName, EntityType, NameKey, PlacedReference, RecordName, RecordNames, ReferenceTarget,
    WorkspaceId,
};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;
use crate::companies::name_key_hex;
use crate::statement::{Document, Statement};

/// What does not exist of what a record points to.
pub type Missing = Vec<ReferenceTarget>;

/// A company that is known by its name only, and the id that it gets if it is made.
#[derive(Debug)]
pub(crate) struct NamedCompany<'a> {
    pub(crate) id: CompanyId,
    pub(crate) name: &'a CompanyName,
    pub(crate) key: NameKey,
}

/// What to look up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Lookup {
    Target(ReferenceTarget),
    CompanyNamed(NameKey),
}

/// What to look up, each once and by a number, on its way to a statement with `look_up.sql`.
#[derive(Debug, Default)]
pub(crate) struct Lookups(HashMap<Lookup, Asked>);

#[derive(Debug)]
struct Asked {
    number: usize,
    /// A company to make if there is none of the name.
    new: Option<NewCompany>,
}

#[derive(Debug)]
struct NewCompany {
    id: CompanyId,
    name: String,
}

/// What is not said is null: of a small document each entry counts.
#[derive(Debug, Serialize)]
struct Row<'a> {
    number: usize,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_name: Option<&'a str>,
}

/// What `found.sql`, and `answer.sql` of people, answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    /// Whether the definitions are those that the records were judged by.
    pub(crate) current: bool,
    found: Vec<(usize, Uuid, String)>,
}

/// What of it exists: ids and names.
#[derive(Debug, Default)]
pub(crate) struct Found(HashMap<Lookup, (Uuid, String)>);

impl Lookups {
    /// Of what a draft points to.
    pub(crate) fn of(references: &[PlacedReference]) -> Self {
        let mut lookups = Self::default();
        lookups.add(references);
        lookups
    }

    pub(crate) fn add(&mut self, references: &[PlacedReference]) {
        for reference in references {
            self.ask(Lookup::Target(reference.target));
        }
    }

    /// Adds a company that is known by its name only; answers the number by which the statement knows it.
    pub(crate) fn add_company_named(&mut self, company: NamedCompany<'_>, make: bool) -> usize {
        let NamedCompany { id, name, key } = company;
        let asked = self.ask(Lookup::CompanyNamed(key));
        if make {
            let name = name.as_str();
            asked.new.get_or_insert_with(|| NewCompany {
                id,
                name: name.to_owned(),
            });
        }
        asked.number
    }

    fn ask(&mut self, lookup: Lookup) -> &mut Asked {
        let number = self.0.len();
        self.0.entry(lookup).or_insert(Asked { number, new: None })
    }

    /// What came of them.
    pub(crate) fn found(self, answer: Answer) -> Found {
        let mut found: HashMap<_, _> = answer
            .found
            .into_iter()
            .map(|(number, id, name)| (number, (id, name)))
            .collect();
        let records = self
            .0
            .into_iter()
            .filter_map(|(lookup, asked)| Some((lookup, found.remove(&asked.number)?)))
            .collect();
        Found(records)
    }
}

impl Serialize for Lookups {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(lookup, asked)| lookup.row(asked)))
    }
}

impl Lookup {
    fn row<'a>(&self, asked: &'a Asked) -> Row<'a> {
        let Asked { number, ref new } = *asked;
        let row = |kind, id: Uuid, scope_id: Option<Uuid>| Row {
            number,
            kind,
            id: Some(id),
            scope_id,
            name_key: None,
            new_id: None,
            new_name: None,
        };
        match self {
            Self::Target(ReferenceTarget::Person(id)) => row("person", id.uuid(), None),
            Self::Target(ReferenceTarget::PersonInGroup(id, group)) => {
                row("person", id.uuid(), Some(group.uuid()))
            }
            Self::Target(ReferenceTarget::Company(id)) => row("company", id.uuid(), None),
            Self::Target(ReferenceTarget::CompanyInGroup(id, group)) => {
                row("company", id.uuid(), Some(group.uuid()))
            }
            Self::Target(ReferenceTarget::Object(id, object_type)) => {
                row("object", id.uuid(), Some(object_type.uuid()))
            }
            Self::CompanyNamed(key) => Row {
                number,
                kind: "company_named",
                id: None,
                scope_id: None,
                name_key: Some(name_key_hex(key)),
                new_id: new.as_ref().map(|new| new.id.uuid()),
                new_name: new.as_ref().map(|new| new.name.as_str()),
            },
        }
    }
}

impl Found {
    /// What of this does not exist.
    pub(crate) fn missing(&self, references: &[PlacedReference]) -> Missing {
        let targets = references.iter().map(|reference| reference.target);
        targets
            .filter(|target| !self.0.contains_key(&Lookup::Target(*target)))
            .collect()
    }

    /// The id and the name of the company of this name.
    pub(crate) fn company_named(&self, key: &NameKey) -> Option<&(Uuid, String)> {
        self.0.get(&Lookup::CompanyNamed(key.clone()))
    }

    /// Adds what was found later.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The names that are known already, and those of what a draft newly points to. A record that points to itself has
    /// perhaps just got another name: its own.
    pub(crate) fn names(
        &self,
        known: &RecordNames,
        references: &[PlacedReference],
        (own_id, own_name): (Uuid, &str),
    ) -> RecordNames {
        let mut names = known.clone();
        for PlacedReference { path: _, target } in references {
            if let Some((id, name)) = self.0.get(&Lookup::Target(*target)) {
                let (entity_type, name) = (entity_type(*target), name.clone());
                names.insert(*id, RecordName { entity_type, name });
            }
        }
        if let Some(own) = names.get_mut(&own_id) {
            own_name.clone_into(&mut own.name);
        }
        names
    }
}

fn entity_type(target: ReferenceTarget) -> EntityType {
    match target {
        ReferenceTarget::Person(_) | ReferenceTarget::PersonInGroup(..) => EntityType::Person,
        ReferenceTarget::Company(_) | ReferenceTarget::CompanyInGroup(..) => EntityType::Company,
        ReferenceTarget::Object(..) => EntityType::Object,
    }
}

/// What does not exist of what a request points to.
///
/// # Errors
/// When the database does not answer.
pub async fn missing(
    connection: &AsyncPgConnection,
    workspace_id: WorkspaceId,
    references: &[PlacedReference],
) -> Result<Missing, Error> {
    #[derive(Debug, Serialize)]
    struct Input<'a> {
        lookups: &'a Lookups,
    }
    if references.is_empty() {
        return Ok(Missing::new());
    }
    let lookups = Lookups::of(references);
    let statement = Statement {
        sql: concat!(
            include_str!("input.sql"),
            include_str!("look_up.sql"),
            include_str!("found.sql")
        ),
        workspace_id: workspace_id.uuid(),
        input: &Document(Input { lookups: &lookups }),
    };
    let answer = statement.answer(connection).await?;
    Ok(lookups.found(answer).missing(references))
}
