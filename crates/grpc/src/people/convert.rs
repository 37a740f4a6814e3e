//! People between protobuf and the domain.

mod from_proto;
mod to_proto;

pub(super) use from_proto::{keep_fields, raw_entries, raw_person, set_fields};
pub(super) use to_proto::{as_not_stored, etag, person, unmade_by_name, version};
