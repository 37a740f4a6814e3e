//! How a request addresses a custom field: by its id, or by where it is and its present name.

use domain::{CustomFieldId, DefinedField, Definitions, GroupId, Path, Problem, Violations};

use super::read_group_id;
use crate::custom_fields::field_set;
use crate::record_id::{no_such, record_id_at};
use crate::status::Failure;

const NOUN: &str = "custom field";

/// A custom field as a request addresses it.
pub(super) enum FieldAddress {
    Id(CustomFieldId),
    Name {
        group_id: GroupId,
        entity_type: String,
        name: String,
    },
}

/// The parts of a request that may address a custom field.
pub(super) struct RawFieldAddress<'a> {
    pub(super) id: &'a str,
    pub(super) group_id: &'a str,
    pub(super) entity_type: &'a str,
    pub(super) name: &'a str,
}

impl FieldAddress {
    /// Reads an address, with `id` and `group_id` at these paths; reports what is wrong and answers nothing then.
    ///
    /// # Errors
    /// An id is of another kind, and so names nothing.
    pub(super) fn read(
        raw: &RawFieldAddress<'_>,
        id_path: &Path<'_>,
        group_path: &Path<'_>,
        violations: &mut Violations,
    ) -> Result<Option<Self>, Failure> {
        let RawFieldAddress {
            id,
            group_id,
            entity_type,
            name,
        } = raw;
        if id.is_empty() && group_id.is_empty() {
            let message = "the field's id is needed, or its group, the kind of record and its present name";
            violations.add(id_path, Problem::InvalidUnion, message);
            return Ok(None);
        }
        if id.is_empty() {
            let group_id = read_group_id(group_id, group_path, violations)?;
            return Ok(group_id.map(|group_id| Self::Name {
                group_id,
                entity_type: (*entity_type).to_owned(),
                name: (*name).to_owned(),
            }));
        }
        let id = record_id_at(
            id,
            NOUN,
            id_path,
            violations,
            CustomFieldId::parse,
            CustomFieldId::parse_at,
        )?;
        Ok(id.map(Self::Id))
    }

    /// The field.
    ///
    /// # Errors
    /// The workspace has none, or not the group, or the group not the kind of record.
    pub(super) fn find<'a>(&self, definitions: &'a Definitions) -> Result<DefinedField<'a>, Failure> {
        match self {
            Self::Id(id) => definitions.custom_field(*id).ok_or_else(|| no_such(NOUN)),
            Self::Name {
                group_id,
                entity_type,
                name,
            } => {
                let group = definitions.group(*group_id).ok_or_else(|| no_such("group"))?;
                let (owner, fields) = field_set(group, entity_type)?;
                let found = group
                    .custom_fields()
                    .find(|defined| defined.owner == owner && defined.field.name == *name);
                found.ok_or_else(|| {
                    let known: Vec<_> = fields
                        .as_slice()
                        .iter()
                        .map(|field| field.name.as_str())
                        .collect();
                    Failure::NotFound(format!(
                        "the group has no such field for this kind of record; it has: {}",
                        known.join(", ")
                    ))
                })
            }
        }
    }
}
