//! Changes of a record: the fields that are there, and single entries to add to its lists and remove from them.

use prost_types::FieldMask;

use super::Record;
use crate::error::snake_case;
use crate::json::{Fields, Json, Path, ShapeIssues};

pub(crate) const ADD: &str = "add";
pub(crate) const REMOVE: &str = "remove";

/// What is to change.
#[derive(Debug, PartialEq)]
pub(crate) struct Patch<R: Record> {
    pub(crate) record: R,
    /// The fields that the caller wrote. Never absent: the core takes no mask at all for every field that is set.
    pub(crate) update_mask: FieldMask,
    pub(crate) add: Option<R::Entries>,
    pub(crate) remove: Option<R::Entries>,
}

impl<R: Record> Default for Patch<R> {
    fn default() -> Self {
        Self {
            record: R::default(),
            update_mask: FieldMask::default(),
            add: None,
            remove: None,
        }
    }
}

/// The slow way in. A field that cannot be read is not in the mask, so that the core judges the others as if it had
/// not been sent.
pub(crate) fn read_patch<R: Record>(body: &Json<'_>, issues: &mut ShapeIssues) -> Patch<R> {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return Patch::default();
    };
    let record = R::read(&mut fields, issues);
    let paths = fields
        .present()
        .filter(|(_, path)| !issues.is_unreadable(*path))
        .map(|(key, _)| snake_case(key))
        .collect();
    let mut entries = |key| {
        let read = R::READ_ENTRIES?;
        fields.read(key, issues, |value, path, issues| {
            read(value, path, issues).map(Some)
        })
    };
    let (add, remove) = (entries(ADD), entries(REMOVE));
    fields.finish(issues);
    Patch {
        record,
        update_mask: FieldMask { paths },
        add,
        remove,
    }
}
