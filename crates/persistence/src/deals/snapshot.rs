//! A deal as plain data, for the change log.

use domain::Deal;
use serde_json::{Value, json};

use super::DealHome;
use super::row::DealRow;
use crate::records::Stored;
use crate::records::differences::{self, Snapshot};

/// Each field that differs, with its value before and after.
pub(super) fn differences(before: &Deal, after: &Deal) -> Value {
    differences::differences(snapshot(before), snapshot(after))
}

fn snapshot(deal: &Deal) -> Snapshot {
    let Deal {
        id,
        group_id,
        object_type_id,
        profile,
        values,
        created_at,
        created_by,
        updated_at,
        version,
    } = deal;
    let record = Stored {
        id: *id,
        created_at: *created_at,
        created_by: *created_by,
        updated_at: *updated_at,
        version: *version,
    };
    let home = DealHome {
        group_id: *group_id,
        object_type_id: *object_type_id,
    };
    let mut snapshot = differences::of_row(&DealRow::new(record, home, &profile.name));
    let people: Vec<_> = profile.people.iter().map(ToString::to_string).collect();
    let companies: Vec<_> = profile.companies.iter().map(ToString::to_string).collect();
    snapshot.insert("people".to_owned(), json!(people));
    snapshot.insert("companies".to_owned(), json!(companies));
    snapshot.insert("custom_field_values".to_owned(), differences::of_values(values));
    snapshot
}
