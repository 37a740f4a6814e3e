//! People as JSON, in and out. A new field of a person has its line in `input`, `reader` and `output`.

mod batch;
mod custom_value_input;
mod custom_value_output;
mod custom_value_reader;
mod entries;
mod input;
mod output;
mod patch;
mod reader;

#[cfg(test)]
mod agreement;

pub(super) use batch::{Batch, batch_fast, read_batch};
pub(super) use input::PersonInput;
pub(super) use output::{PersonJson, person_answer};
pub(super) use patch::{PersonPatch, patch_fast, read_patch};
pub(super) use reader::read_person;
