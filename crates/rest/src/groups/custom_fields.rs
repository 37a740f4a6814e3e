//! `/v1/groups/{groupId}/custom-fields/{entityType}`.

mod create;
mod delete;
mod input;
mod list;
mod names;
mod output;
mod update;

use http::Uri;

use crate::error::Places;
use crate::path;

pub(super) use create::create;
pub(super) use delete::delete;
pub(super) use list::list;
pub(super) use update::update;

/// Where callers write what the core has in other places.
const PLACES: Places = Places(&[
    ("custom_field.numeric", &["config"]),
    ("custom_field.id", &["field"]),
    ("custom_field_name", &["field"]),
    ("id", &["field"]),
    ("name", &["field"]),
]);

/// The length of an id.
const ID_LENGTH: usize = 40;

/// A set of fields, as the path names it.
struct FieldSet {
    group_id: String,
    entity_type: String,
}

impl FieldSet {
    fn of(uri: &Uri) -> Self {
        Self {
            group_id: path::segment(uri, 2),
            entity_type: path::segment(uri, 4),
        }
    }
}

/// A field, as the path names it.
enum FieldAddress {
    Id(String),
    Name(String),
}

impl FieldAddress {
    fn of(uri: &Uri) -> Self {
        let field = path::segment(uri, 5);
        if field.starts_with("cfd_") && field.len() == ID_LENGTH {
            Self::Id(field)
        } else {
            Self::Name(field)
        }
    }

    /// The core's `id` and its name of the field, of which it takes one.
    fn into_core(self) -> (String, String) {
        match self {
            Self::Id(id) => (id, String::new()),
            Self::Name(name) => (String::new(), name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_by_its_id_or_its_name() {
        let id = "cfd_5fa60242-0756-4e31-8cca-30c2c5ff1ac2";
        for (segment, expected) in [
            (id, (id, "")),
            ("cfd_x", ("", "cfd_x")),
            ("Net%20worth%2F%5By%5D", ("", "Net worth/[y]")),
        ] {
            let uri: Uri = format!("/v1/groups/g/custom-fields/person/{segment}")
                .parse()
                .unwrap();
            let (id, name) = FieldAddress::of(&uri).into_core();
            assert_eq!((id.as_str(), name.as_str()), expected);
        }
    }
}
