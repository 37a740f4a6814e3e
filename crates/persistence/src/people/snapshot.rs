//! A person as plain data, so that the change log can tell before from after.

use domain::{Membership, Person};
use serde_json::{Map, Value, json};

use super::row::PersonRow;
use crate::records::Stored;
use crate::records::values::{self, Placed, StoredTarget};

/// Each field that differs, with its value before and after.
pub(super) fn differences(before: &Person, after: &Person) -> Value {
    let (mut before, after) = (snapshot(before), snapshot(after));
    let changed = after.into_iter().filter_map(|(field, after)| {
        let before = before.remove(&field).unwrap_or_default();
        (before != after).then(|| (field, json!({"before": before, "after": after})))
    });
    Value::Object(changed.collect())
}

/// Fields as protobuf calls them; links by id, custom values by the id of their field.
fn snapshot(person: &Person) -> Map<String, Value> {
    let Person {
        id,
        profile,
        companies,
        memberships,
        created_at,
        created_by,
        updated_at,
        version,
    } = person;
    let record = Stored {
        id: *id,
        created_at: *created_at,
        created_by: *created_by,
        updated_at: *updated_at,
        version: *version,
    };
    let Ok(Value::Object(mut fields)) = serde_json::to_value(PersonRow::new(record, profile)) else {
        return Map::new();
    };
    // These change with every write, or never.
    for field in [
        "id",
        "email_keys",
        "created_at",
        "created_by",
        "updated_at",
        "version",
    ] {
        fields.remove(field);
    }
    let companies: Vec<_> = companies.iter().map(ToString::to_string).collect();
    let groups: Vec<_> = memberships.iter().map(|one| one.group_id.to_string()).collect();
    let values = memberships
        .iter()
        .map(|one| (one.group_id.to_string(), group_values(one)));
    fields.insert("companies".to_owned(), json!(companies));
    fields.insert("groups".to_owned(), json!(groups));
    fields.insert("custom_field_values".to_owned(), Value::Object(values.collect()));
    fields
}

fn group_values(membership: &Membership) -> Value {
    let values = membership.values.iter().map(|(field, value)| {
        let value = match values::to_stored(value) {
            Placed::Plain(value) => json!(value),
            Placed::Links(links) => json!(links.iter().filter_map(StoredTarget::uuid).collect::<Vec<_>>()),
        };
        (field.to_string(), value)
    });
    Value::Object(values.collect())
}
