//! Names of fields: `jobTitle`, and `customFieldValues.<group id>.<field name>`, or without a group for records that are
//! in one anyway. A custom field's name is all that follows and may hold dots and brackets itself.

use crate::error::{lower_camel_case, snake_case};

const CUSTOM: &str = "customFieldValues";

/// Fields whose name in JSON is not protobuf's own mapping of the core's.
const RENAMED: [(&str, &str); 1] = [("createdAt", "create_time")];

/// How a kind of record names its custom fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CustomFieldNames {
    /// By their group, since a record may be in several.
    InGroups,
    /// By their names alone.
    Alone,
}

/// A field as the core names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CoreField {
    pub(super) field: String,
    pub(super) group_id: String,
    pub(super) custom_field: String,
}

/// Reads a name. One that is written in the core's way must not work by accident: it is sent as no name at all, and the
/// core lists those that there are.
pub(super) fn to_core(name: &str, names: CustomFieldNames) -> CoreField {
    let (name, custom) = match name.split_once('.') {
        Some((CUSTOM, rest)) => (CUSTOM, rest),
        Some(_) | None => (name, ""),
    };
    let (group_id, custom_field) = match names {
        CustomFieldNames::InGroups => custom.split_once('.').unwrap_or((custom, "")),
        CustomFieldNames::Alone => ("", custom),
    };
    let renamed = RENAMED.iter().find(|(json, _)| *json == name);
    let field = renamed.map_or_else(|| snake_case(name), |(_, core)| (*core).to_owned());
    let is_known = from_core(&field) == name;
    CoreField {
        field: if is_known { field } else { String::new() },
        group_id: group_id.to_owned(),
        custom_field: custom_field.to_owned(),
    }
}

/// The name of a field that callers know.
pub(super) fn from_core(field: &str) -> String {
    let renamed = RENAMED.iter().find(|(_, core)| *core == field);
    renamed.map_or_else(|| lower_camel_case(field), |(json, _)| (*json).to_owned())
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
            assert_eq!(to_core(name, CustomFieldNames::InGroups), expected, "{name}");
        }
    }

    #[test]
    fn without_groups_it_is_all_that_follows() {
        for custom_field in ["a", "grp_1.a. [b].c_D", ""] {
            let name = format!("customFieldValues.{custom_field}");
            let expected = CoreField {
                field: "custom_field_values".to_owned(),
                group_id: String::new(),
                custom_field: custom_field.to_owned(),
            };
            assert_eq!(to_core(&name, CustomFieldNames::Alone), expected);
        }
    }

    #[test]
    fn the_names_of_protobuf_are_not_those_of_json() {
        for name in [
            "job_title",
            "custom_field_values",
            "emails_",
            "_",
            "createTime",
            "create_time",
        ] {
            assert_eq!(to_core(name, CustomFieldNames::InGroups).field, "", "{name}");
        }
        assert_eq!(from_core("create_time"), "createdAt");
    }
}
