//! People between protobuf and the domain.

mod from_proto;
mod to_proto;

pub(super) use from_proto::draft;
pub(super) use to_proto::{as_not_stored, person};
