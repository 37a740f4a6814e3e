//! Links to other records on their way in.

use proto::v1::GroupLink;

use crate::json::{Fields, Json, Path, ShapeIssues, list};

/// Reads `{"id": ...}`.
pub(crate) fn linked_id(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<String> {
    let mut fields = Fields::of(value, path, issues)?;
    let id = fields.required_text("id", issues);
    fields.finish(issues);
    id
}

/// Reads `[{"id": ...}]`.
pub(crate) fn ids(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Vec<String>> {
    list(value, path, issues, linked_id)
}

/// Reads the groups of a record.
pub(crate) fn groups(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Vec<GroupLink>> {
    Some(ids(value, path, issues)?.into_iter().map(group_link).collect())
}

/// A group by its id.
pub(crate) fn group_link(id: String) -> GroupLink {
    GroupLink {
        id,
        name: String::new(),
    }
}
