//! Groups and the kinds of objects they keep.

use crate::{FieldSet, GroupId, ObjectTypeId};

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
