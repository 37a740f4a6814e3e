//! People between protobuf and the domain.

mod from_proto;
mod to_proto;

pub(crate) use from_proto::{is_set, keep_fields, raw_entries, raw_person};
pub(super) use to_proto::{as_not_stored, person, unmade_by_name};
