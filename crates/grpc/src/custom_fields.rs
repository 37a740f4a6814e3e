//! Custom fields between protobuf and the domain.

pub(crate) mod convert;

use domain::{FieldOwner, FieldSet, Group};

use crate::status::Failure;

/// The fields for a kind of record of a group, and whose they are.
///
/// # Errors
/// There is no such kind; the message lists those that exist.
pub(crate) fn field_set<'a>(
    group: &'a Group,
    entity_type: &str,
) -> Result<(FieldOwner, &'a FieldSet), Failure> {
    group.fields_of(entity_type).ok_or_else(|| {
        let known: Vec<_> = group.field_sets().map(|(name, _, _)| name).collect();
        Failure::NotFound(format!(
            "no such kind of record in the group; those that exist are: {}",
            known.join(", ")
        ))
    })
}
