//! Custom values between protobuf and the domain.

mod from_proto;
mod to_proto;

pub(crate) use from_proto::{field_value, from_proto};
pub(crate) use to_proto::{of_fields, of_membership};
