//! A person as plain data, for the change log.

use domain::Person;
use serde_json::{Value, json};

use super::row::PersonRow;
use crate::records::Stored;
use crate::records::differences::{self, Snapshot};

/// Each field that differs, with its value before and after.
pub(super) fn differences(before: &Person, after: &Person) -> Value {
    differences::differences(snapshot(before), snapshot(after))
}

fn snapshot(person: &Person) -> Snapshot {
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
    let mut snapshot = differences::of_row(&PersonRow::new(record, profile));
    let companies: Vec<_> = companies.iter().map(ToString::to_string).collect();
    snapshot.insert("companies".to_owned(), json!(companies));
    differences::add_memberships(&mut snapshot, memberships);
    snapshot
}
