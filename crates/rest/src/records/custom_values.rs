//! Custom values in JSON: by field, and for members of groups by group before that.

mod input;
mod output;
mod reader;

use proto::v1::{CustomValue, FieldValue, GroupValues};

pub(crate) use input::CustomValueInput;
pub(crate) use output::{GroupsJson, ValuesJson};

use self::reader::custom_value;
use crate::json::{Json, Path, ShapeIssues, map};

/// The slow way in for `{"<field>": value}`.
pub(crate) fn custom_values(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<Vec<FieldValue>> {
    map(value, path, issues, custom_value).map(field_values)
}

/// The slow way in for `{"<group id>": {"<field>": value}}`.
pub(crate) fn group_values(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<Vec<GroupValues>> {
    let groups = map(value, path, issues, custom_values)?.into_iter();
    Some(
        groups
            .map(|(group_id, values)| GroupValues { group_id, values })
            .collect(),
    )
}

/// Values by the names of their fields.
pub(crate) fn field_values(
    values: impl IntoIterator<Item = (impl Into<String>, CustomValue)>,
) -> Vec<FieldValue> {
    let values = values.into_iter().map(|(name, value)| FieldValue {
        name: name.into(),
        value: Some(value),
    });
    values.collect()
}
