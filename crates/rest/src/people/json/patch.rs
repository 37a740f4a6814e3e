//! Changes of a person, read both ways: the fields that are there, and entries to add and remove.

use prost_types::FieldMask;
use proto::v1::{Person, PersonEntries};
use serde::Deserialize as _;
use serde::de::value::MapDeserializer;
use serde_json::value::RawValue;

use super::entries::{EntriesInput, read_entries};
use super::input::PersonInput;
use super::reader::person_fields;
use crate::error::snake_case;
use crate::json::{Fields, Json, Object, Pairs, Path, ShapeIssues};

const ADD: &str = "add";
const REMOVE: &str = "remove";

/// What is to change.
#[derive(Debug, Default, PartialEq)]
pub(in crate::people) struct PersonPatch {
    pub(in crate::people) person: Person,
    /// The fields that the caller wrote.
    pub(in crate::people) update_mask: FieldMask,
    pub(in crate::people) add: Option<PersonEntries>,
    pub(in crate::people) remove: Option<PersonEntries>,
}

/// The fast way in; nothing if the shape is not entirely right.
pub(in crate::people) fn patch_fast(text: &str) -> Option<PersonPatch> {
    let Pairs(pairs) = serde_json::from_str::<Pairs<'_, &RawValue>>(text).ok()?;
    let mut patch = PersonPatch::default();
    let mut fields = Vec::with_capacity(pairs.len());
    for (key, raw) in pairs {
        match key.as_ref() {
            ADD => patch.add = Some(entries(raw)?),
            REMOVE => patch.remove = Some(entries(raw)?),
            name => {
                patch.update_mask.paths.push(snake_case(name));
                fields.push((key, raw));
            }
        }
    }
    let input = PersonInput::deserialize(MapDeserializer::<_, serde_json::Error>::new(fields.into_iter()));
    patch.person = input.ok()?.into();
    Some(patch)
}

fn entries(raw: &RawValue) -> Option<PersonEntries> {
    let Object(entries) = serde_json::from_str::<Object<EntriesInput>>(raw.get()).ok()?;
    Some(entries.into())
}

/// The slow way in. A field that cannot be read is not in the mask, so that the core judges the others as if it had
/// not been sent.
pub(in crate::people) fn read_patch(body: &Json<'_>, issues: &mut ShapeIssues) -> PersonPatch {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return PersonPatch::default();
    };
    let person = person_fields(&mut fields, issues);
    let paths = fields
        .present()
        .filter(|(_, path)| !issues.is_unreadable(*path))
        .map(|(key, _)| snake_case(key))
        .collect();
    let mut entries = |key| {
        fields.read(key, issues, |value, path, issues| {
            read_entries(value, path, issues).map(Some)
        })
    };
    let (add, remove) = (entries(ADD), entries(REMOVE));
    fields.finish(issues);
    PersonPatch {
        person,
        update_mask: FieldMask { paths },
        add,
        remove,
    }
}
