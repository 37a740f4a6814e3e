//! Records as plain data, so that the change log can tell before from after.

use domain::{CustomFieldId, CustomValue, Membership};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::values::{self, Placed, StoredTarget};

/// Columns that change with every write, or never.
const SILENT: [&str; 7] = [
    "id",
    "group_id",
    "object_type_id",
    "created_at",
    "created_by",
    "updated_at",
    "version",
];

/// A record's fields, as protobuf calls them.
pub(crate) type Snapshot = Map<String, Value>;

/// The plain fields of a row.
pub(crate) fn of_row(row: &impl Serialize) -> Snapshot {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(row) else {
        return Map::new();
    };
    for column in SILENT {
        fields.remove(column);
    }
    fields
}

/// Adds groups, and the values by group and by the id of their field.
pub(crate) fn add_memberships(snapshot: &mut Snapshot, memberships: &[Membership]) {
    let groups: Vec<_> = memberships.iter().map(|one| one.group_id.to_string()).collect();
    let values = memberships
        .iter()
        .map(|one| (one.group_id.to_string(), of_values(&one.values)));
    let values = Value::Object(values.collect());
    snapshot.insert("groups".to_owned(), json!(groups));
    snapshot.insert("custom_field_values".to_owned(), values);
}

/// Values by the id of their field; links by UUID.
pub(crate) fn of_values(values: &[(CustomFieldId, CustomValue)]) -> Value {
    let values = values.iter().map(|(field, value)| {
        let value = match values::to_stored(value) {
            Placed::Plain(value) => json!(value),
            Placed::Links(links) => json!(links.iter().filter_map(StoredTarget::uuid).collect::<Vec<_>>()),
        };
        (field.to_string(), value)
    });
    Value::Object(values.collect())
}

/// Each field that differs, with its value before and after.
pub(crate) fn differences(mut before: Snapshot, after: Snapshot) -> Value {
    let changed = after.into_iter().filter_map(|(field, after)| {
        let before = before.remove(&field).unwrap_or_default();
        (before != after).then(|| (field, json!({"before": before, "after": after})))
    });
    Value::Object(changed.collect())
}
