//! A company as plain data, for the change log.

use domain::Company;
use serde_json::Value;

use super::row::CompanyRow;
use crate::records::Stored;
use crate::records::differences::{self, Snapshot};

/// Each field that differs, with its value before and after.
pub(super) fn differences(before: &Company, after: &Company) -> Value {
    differences::differences(snapshot(before), snapshot(after))
}

fn snapshot(company: &Company) -> Snapshot {
    let Company {
        id,
        profile,
        memberships,
        created_at,
        created_by,
        updated_at,
        version,
    } = company;
    let record = Stored {
        id: *id,
        created_at: *created_at,
        created_by: *created_by,
        updated_at: *updated_at,
        version: *version,
    };
    let mut snapshot = differences::of_row(&CompanyRow::new(record, profile));
    differences::add_memberships(&mut snapshot, memberships);
    snapshot
}
