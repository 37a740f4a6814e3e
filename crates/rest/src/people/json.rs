//! People as JSON, in and out. A new field of a person has its line in `input`, `record` and `output`.

mod batch;
mod entries;
mod input;
mod output;
mod patch_input;
mod record;

#[cfg(test)]
mod agreement;

pub(super) use batch::{Batch, batch_fast, read_batch};
pub(super) use output::PersonJson;
