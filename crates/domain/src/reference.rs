//! Links between records.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{CompanyId, GroupId, ObjectId, ObjectTypeId, PersonId, Segment};

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityType {
    /// A person.
    Person,
    /// A company.
    Company,
    /// A deal or another object of a group.
    Object,
}

impl EntityType {
    /// The name that callers see and the database keeps.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Company => "company",
            Self::Object => "object",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Person, Self::Company, Self::Object]
            .into_iter()
            .find(|entity_type| entity_type.as_str() == name)
    }
}

/// What a contact field points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contact {
    /// A person.
    Person(PersonId),
    /// A company.
    Company(CompanyId),
}

/// A record that a request points to, and that only the database knows to exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceTarget {
    /// A company.
    Company(CompanyId),
    /// A person.
    Person(PersonId),
    /// An object of this type.
    Object(ObjectId, ObjectTypeId),
    /// A company that is a member of this group.
    CompanyInGroup(CompanyId, GroupId),
    /// A person who is a member of this group.
    PersonInGroup(PersonId, GroupId),
}

/// A reference and where in the request it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedReference {
    /// The way from the request to the reference's id.
    pub path: Vec<Segment>,
    /// What it points to.
    pub target: ReferenceTarget,
}

/// The name of a record that another one points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordName {
    /// What the record is.
    pub entity_type: EntityType,
    /// Its name to show.
    pub name: String,
}

/// The names of the records that a record points to, by their UUID.
pub type RecordNames = BTreeMap<Uuid, RecordName>;
