//! People: made, read, changed, deleted, listed.

mod batch;
mod companies;
mod crowds;
mod custom_values;
mod delete;
mod documented;
mod etags;
mod fields;
mod full_name;
mod idempotency;
mod interactions;
mod lists;
mod references;
mod round_trip;
mod update;
