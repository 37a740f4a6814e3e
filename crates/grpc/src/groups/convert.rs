//! Groups as callers see them.

use domain::Group;

/// The group.
pub(crate) fn group(group: &Group) -> proto::v1::Group {
    let Group {
        id,
        name,
        person_fields: _,
        company_fields: _,
        object_types: _,
    } = group;
    proto::v1::Group {
        id: (*id).into(),
        name: name.clone(),
    }
}
