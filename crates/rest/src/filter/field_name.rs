//! Names of fields: `jobTitle`, and `customFieldValues.<group id>.<field name>`, where a field's name is all that follows
//! and may hold dots and brackets itself.

use crate::error::{lower_camel_case, snake_case};

const CUSTOM: &str = "customFieldValues";

/// What JSON calls otherwise than protobuf's own mapping would: its names, and the core's.
const RENAMED: (&str, &str) = ("createdAt", "create_time");

/// A field as the core names it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CoreField {
    pub(super) field: String,
    pub(super) group_id: String,
    pub(super) custom_field: String,
}

/// Reads a name; nothing for one that is written in the core's way, which must not work by accident.
pub(super) fn to_core(name: &str) -> Option<CoreField> {
    let (name, custom) = match name.split_once('.') {
        Some((CUSTOM, rest)) => (CUSTOM, rest),
        Some(_) | None => (name, ""),
    };
    let (group_id, custom_field) = custom.split_once('.').unwrap_or((custom, ""));
    let (renamed, core) = RENAMED;
    let field = if name == renamed {
        core.to_owned()
    } else {
        snake_case(name)
    };
    (to_json(&field) == name).then(|| CoreField {
        field,
        group_id: group_id.to_owned(),
        custom_field: custom_field.to_owned(),
    })
}

/// The name in JSON of a field that the core names.
pub(super) fn to_json(core_name: &str) -> String {
    let (renamed, core) = RENAMED;
    if core_name == core {
        renamed.to_owned()
    } else {
        lower_camel_case(core_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_custom_field_is_all_that_follows_its_group() {
        for (name, field, group_id, custom_field) in [
            ("jobTitle", "job_title", "", ""),
            ("createdAt", "create_time", "", ""),
            (
                "customFieldValues.grp_1.a. [b].c_D",
                "custom_field_values",
                "grp_1",
                "a. [b].c_D",
            ),
            ("customFieldValues.grp_1", "custom_field_values", "grp_1", ""),
            ("customFieldValues", "custom_field_values", "", ""),
            ("jobTitle.x", "job_title.x", "", ""),
            ("", "", "", ""),
        ] {
            let expected = CoreField {
                field: field.to_owned(),
                group_id: group_id.to_owned(),
                custom_field: custom_field.to_owned(),
            };
            assert_eq!(to_core(name), Some(expected), "{name}");
        }
    }

    #[test]
    fn the_names_of_protobuf_are_not_those_of_json() {
        for name in ["job_title", "custom_field_values", "emails_", "_", "createTime"] {
            assert_eq!(to_core(name), None, "{name}");
        }
    }
}
