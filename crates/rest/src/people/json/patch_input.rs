//! The fast way in for changes of a person.

use proto::v1::{Person, PersonEntries};
use serde::Deserialize as _;
use serde::de::value::MapDeserializer;
use serde_json::value::RawValue;

use super::entries::EntriesInput;
use super::input::PersonInput;
use crate::error::snake_case;
use crate::json::{Object, Pairs};
use crate::records::{ADD, Patch, REMOVE};

/// Nothing if the shape is not entirely right.
pub(super) fn patch_fast(text: &str) -> Option<Patch<Person>> {
    let Pairs(pairs) = serde_json::from_str::<Pairs<'_, &RawValue>>(text).ok()?;
    let mut patch = Patch::default();
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
    patch.record = input.ok()?.into();
    Some(patch)
}

fn entries(raw: &RawValue) -> Option<PersonEntries> {
    let Object(entries) = serde_json::from_str::<Object<EntriesInput>>(raw.get()).ok()?;
    Some(entries.into())
}
