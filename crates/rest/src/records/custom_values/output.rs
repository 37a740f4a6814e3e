//! Custom values on their way out.

use proto::v1::custom_value::{Kind, References, Texts};
use proto::v1::reference::Target;
use proto::v1::{CustomValue, FieldValue, GroupValues, Reference};
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::date;
use crate::record_json::entity_type;

/// The values of a member of groups, by the groups' ids and in their order.
pub(crate) struct GroupsJson<'a>(pub(crate) &'a [GroupValues]);

/// Values by the names of their fields and in the fields' order.
pub(crate) struct ValuesJson<'a>(pub(crate) &'a [FieldValue]);

struct ValueJson<'a>(Option<&'a CustomValue>);

struct ReferenceJson<'a>(&'a Reference);

impl Serialize for GroupsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(groups) = self;
        serializer.collect_map(
            groups
                .iter()
                .map(|GroupValues { group_id, values }| (group_id, ValuesJson(values))),
        )
    }
}

impl Serialize for ValuesJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(values) = self;
        serializer.collect_map(
            values
                .iter()
                .map(|FieldValue { name, value }| (name, ValueJson(value.as_ref()))),
        )
    }
}

impl Serialize for ValueJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(value) = self;
        match value.and_then(|CustomValue { kind }| kind.as_ref()) {
            None | Some(Kind::NullValue(_) | Kind::Other(_)) => serializer.serialize_unit(),
            // Numbers are strings in answers: JSON's own lose digits in most readers.
            Some(Kind::Text(text) | Kind::Number(text)) => serializer.serialize_str(text),
            Some(Kind::Date(date)) => serializer.serialize_str(&date::format(date)),
            Some(Kind::Texts(Texts { items })) => items.serialize(serializer),
            Some(Kind::References(References { items })) => {
                serializer.collect_seq(items.iter().map(ReferenceJson))
            }
        }
    }
}

impl Serialize for ReferenceJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(Reference {
            target,
            full_name,
            entity_type: number,
            user_email,
        }) = self;
        let id = match target {
            Some(Target::Id(id)) => Some(id),
            Some(Target::Email(_)) | None => None,
        };
        let entity_type = entity_type(*number);
        let mut reference = serializer.serialize_struct("Reference", 3)?;
        reference.serialize_field("id", &id)?;
        reference.serialize_field("fullName", full_name)?;
        match entity_type {
            Some(entity_type) => reference.serialize_field("entityType", entity_type)?,
            None => reference.serialize_field("email", user_email)?,
        }
        reference.end()
    }
}
