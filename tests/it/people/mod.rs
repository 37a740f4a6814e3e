//! Creating and getting people.

mod documented;
mod fields;
mod full_name;
mod round_trip;
