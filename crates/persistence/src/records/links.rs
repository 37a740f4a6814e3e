//! What records point to: memberships with their values, links in custom fields, and what only the database knows to
//! exist.

use std::collections::HashMap;

use diesel_async::AsyncPgConnection;
use domain::{
    CustomFieldId, CustomValue, EntityType, GroupId, Membership, PlacedReference, RecordName, RecordNames,
    ReferenceTarget, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::values::{self, Placed, StoredTarget, StoredValues};
use crate::Error;
use crate::statement::{Document, Statement};

/// What does not exist of what a record points to.
pub type Missing = Vec<ReferenceTarget>;

/// The rows of what records point to, on their way to a statement that begins with `known.sql`.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Links {
    memberships: Vec<MembershipRow>,
    references: Vec<ReferenceRow>,
    asked: Vec<AskedRow>,
}

#[derive(Debug, Serialize)]
struct MembershipRow {
    record_id: Uuid,
    group_id: Uuid,
    position: i16,
    values: StoredValues,
}

#[derive(Debug, Serialize)]
struct ReferenceRow {
    record_id: Uuid,
    group_id: Option<Uuid>,
    field_id: Uuid,
    position: i16,
    #[serde(flatten)]
    target: StoredTarget,
}

#[derive(Debug, Serialize, Deserialize)]
struct AskedRow {
    record_id: Uuid,
    kind: Kind,
    id: Uuid,
    scope_id: Option<Uuid>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Person,
    Company,
    Object,
    PersonInGroup,
    CompanyInGroup,
}

impl Links {
    pub(crate) fn add_memberships(&mut self, record_id: Uuid, memberships: &[Membership]) {
        for (position, membership) in (0_i16..).zip(memberships) {
            let values = self.add_values(record_id, Some(membership.group_id), &membership.values);
            self.memberships.push(MembershipRow {
                record_id,
                group_id: membership.group_id.uuid(),
                position,
                values,
            });
        }
    }

    /// Adds the links among values; answers the plain ones.
    pub(crate) fn add_values(
        &mut self,
        record_id: Uuid,
        group_id: Option<GroupId>,
        values: &[(CustomFieldId, CustomValue)],
    ) -> StoredValues {
        let mut plain = StoredValues::new();
        for (field, value) in values {
            match values::to_stored(value) {
                Placed::Plain(value) => {
                    plain.insert(field.uuid(), value);
                }
                Placed::Links(links) => {
                    let rows = (0_i16..).zip(links).map(|(position, target)| ReferenceRow {
                        record_id,
                        group_id: group_id.map(GroupId::uuid),
                        field_id: field.uuid(),
                        position,
                        target,
                    });
                    self.references.extend(rows);
                }
            }
        }
        plain
    }

    pub(crate) fn ask_for(&mut self, record_id: Uuid, references: &[PlacedReference]) {
        let rows = references
            .iter()
            .map(|reference| AskedRow::new(record_id, reference.target));
        self.asked.extend(rows);
    }
}

impl AskedRow {
    fn new(record_id: Uuid, target: ReferenceTarget) -> Self {
        let (kind, id, scope_id) = match target {
            ReferenceTarget::Person(id) => (Kind::Person, id.uuid(), None),
            ReferenceTarget::Company(id) => (Kind::Company, id.uuid(), None),
            ReferenceTarget::Object(id, object_type) => (Kind::Object, id.uuid(), Some(object_type.uuid())),
            ReferenceTarget::PersonInGroup(id, group) => (Kind::PersonInGroup, id.uuid(), Some(group.uuid())),
            ReferenceTarget::CompanyInGroup(id, group) => {
                (Kind::CompanyInGroup, id.uuid(), Some(group.uuid()))
            }
        };
        Self {
            record_id,
            kind,
            id,
            scope_id,
        }
    }

    fn target(&self) -> ReferenceTarget {
        let scope_id = self.scope_id.unwrap_or_default();
        match self.kind {
            Kind::Person => ReferenceTarget::Person(self.id.into()),
            Kind::Company => ReferenceTarget::Company(self.id.into()),
            Kind::Object => ReferenceTarget::Object(self.id.into(), scope_id.into()),
            Kind::PersonInGroup => ReferenceTarget::PersonInGroup(self.id.into(), scope_id.into()),
            Kind::CompanyInGroup => ReferenceTarget::CompanyInGroup(self.id.into(), scope_id.into()),
        }
    }
}

impl Kind {
    fn entity_type(self) -> EntityType {
        match self {
            Self::Person | Self::PersonInGroup => EntityType::Person,
            Self::Company | Self::CompanyInGroup => EntityType::Company,
            Self::Object => EntityType::Object,
        }
    }
}

/// What `known.sql` found.
#[derive(Debug, Deserialize)]
pub(crate) struct Found {
    /// Whether the definitions are those that the records were judged by.
    pub(crate) current: bool,
    missing: Vec<AskedRow>,
    names: Vec<NameRow>,
}

#[derive(Debug, Deserialize)]
struct NameRow {
    kind: Kind,
    id: Uuid,
    name: String,
}

impl Found {
    /// What does not exist, by record.
    pub(crate) fn missing(&self) -> HashMap<Uuid, Missing> {
        let mut missing: HashMap<Uuid, Missing> = HashMap::new();
        for row in &self.missing {
            missing.entry(row.record_id).or_default().push(row.target());
        }
        missing
    }

    /// The names of what exists.
    pub(crate) fn names(self) -> RecordNames {
        let name = |NameRow { kind, id, name }| {
            let entity_type = kind.entity_type();
            (id, RecordName { entity_type, name })
        };
        self.names.into_iter().map(name).collect()
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
    let record_id = Uuid::nil();
    let mut links = Links::default();
    links.ask_for(record_id, references);
    let statement = Statement {
        sql: concat!(include_str!("known.sql"), include_str!("found.sql")),
        workspace_id: workspace_id.uuid(),
        input: &Document(links),
    };
    let found: Found = statement.answer(connection).await?;
    Ok(found.missing().remove(&record_id).unwrap_or_default())
}

/// The names that are known already, and those of what a draft newly points to. A record that points to itself has
/// perhaps just got another name: its own.
pub(crate) fn names_of(
    known: &RecordNames,
    references: &[PlacedReference],
    found: &RecordNames,
    (own_id, own_name): (Uuid, &str),
) -> RecordNames {
    let mut names = known.clone();
    for reference in references {
        let id = match reference.target {
            ReferenceTarget::Person(id) | ReferenceTarget::PersonInGroup(id, _) => id.uuid(),
            ReferenceTarget::Company(id) | ReferenceTarget::CompanyInGroup(id, _) => id.uuid(),
            ReferenceTarget::Object(id, _) => id.uuid(),
        };
        if let Some(name) = found.get(&id) {
            names.insert(id, name.clone());
        }
    }
    if let Some(own) = names.get_mut(&own_id) {
        own_name.clone_into(&mut own.name);
    }
    names
}
