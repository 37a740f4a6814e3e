//! Groups and the kinds of objects they keep.

use crate::{DefinedField, EntityType, FieldSet, FieldType, GroupId, Name, ObjectTypeId};

/// The name of a group. Several may have the same one: only ids tell groups apart.
pub type GroupName = Name<255>;

/// A group: records are members of it, and have its custom fields while they are.
#[derive(Debug, Clone)]
pub struct Group {
    /// The group's id.
    pub id: GroupId,
    /// The name to show.
    pub name: String,
    /// The fields of people who are members.
    pub person_fields: FieldSet,
    /// The fields of companies that are members.
    pub company_fields: FieldSet,
    /// The kinds of objects that the group keeps.
    pub object_types: Vec<ObjectType>,
}

/// A kind of object that a group keeps: its deals, say.
#[derive(Debug, Clone)]
pub struct ObjectType {
    /// The type's id.
    pub id: ObjectTypeId,
    /// The name, by which callers address it.
    pub name: String,
    /// The fields of the objects.
    pub fields: FieldSet,
}

/// Whose fields a set of a group's fields is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldOwner {
    /// The people of the group.
    People,
    /// The companies of the group.
    Companies,
    /// Its objects of this type.
    Objects(ObjectTypeId),
}

impl FieldOwner {
    /// What the records are.
    #[must_use]
    pub const fn entity_type(self) -> EntityType {
        match self {
            Self::People => EntityType::Person,
            Self::Companies => EntityType::Company,
            Self::Objects(_) => EntityType::Object,
        }
    }

    /// The type of the objects, if they are objects.
    #[must_use]
    pub const fn object_type_id(self) -> Option<ObjectTypeId> {
        match self {
            Self::Objects(id) => Some(id),
            Self::People | Self::Companies => None,
        }
    }
}

impl Group {
    /// Every set of fields, with whose it is and the name by which callers address it: `person`, `company`, then the
    /// names of the object types.
    pub fn field_sets(&self) -> impl Iterator<Item = (&str, FieldOwner, &FieldSet)> {
        let objects = self
            .object_types
            .iter()
            .map(|ObjectType { id, name, fields }| (name.as_str(), FieldOwner::Objects(*id), fields));
        [
            (
                EntityType::Person.as_str(),
                FieldOwner::People,
                &self.person_fields,
            ),
            (
                EntityType::Company.as_str(),
                FieldOwner::Companies,
                &self.company_fields,
            ),
        ]
        .into_iter()
        .chain(objects)
    }

    /// The fields for the kind of record that callers address by this name, and whose they are.
    #[must_use]
    pub fn fields_of(&self, entity_type: &str) -> Option<(FieldOwner, &FieldSet)> {
        self.field_sets()
            .find_map(|(name, owner, fields)| (name == entity_type).then_some((owner, fields)))
    }

    /// Every field of the group, set by set.
    pub fn custom_fields(&self) -> impl Iterator<Item = DefinedField<'_>> {
        self.field_sets().flat_map(move |(entity_type, owner, siblings)| {
            siblings.as_slice().iter().map(move |field| DefinedField {
                group: self,
                entity_type,
                owner,
                siblings,
                field,
            })
        })
    }

    /// The fields that point to objects of this type.
    pub fn fields_pointing_to(&self, object_type: ObjectTypeId) -> impl Iterator<Item = DefinedField<'_>> {
        self.custom_fields().filter(
            move |defined| matches!(defined.field.field_type, FieldType::Object(target) if target == object_type),
        )
    }

    /// The kind of object of this name.
    #[must_use]
    pub fn object_type(&self, name: &str) -> Option<&ObjectType> {
        self.object_types
            .iter()
            .find(|object_type| object_type.name == name)
    }
}
