//! People as JSON, in and out. A new field of a person has its line in `input`, `reader` and `output`.

mod custom_value_input;
mod custom_value_output;
mod custom_value_reader;
mod date;
mod input;
mod output;
mod reader;

#[cfg(test)]
mod agreement;

pub(super) use input::PersonInput;
pub(super) use output::person_answer;
pub(super) use reader::read_person;
