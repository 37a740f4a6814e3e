//! People: made, read, changed, deleted, listed.

mod companies;
mod custom_values;
mod documented;
mod fields;
mod full_name;
mod interactions;
mod references;
mod round_trip;
mod update;
