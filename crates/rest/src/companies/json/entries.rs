//! Single entries of the lists of a company, to be added or removed.

use proto::v1::CompanyEntries;

use crate::json::{Fields, Json, Path, ShapeIssues, texts};
use crate::records::groups;

pub(super) fn read_entries(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<CompanyEntries> {
    let mut fields = Fields::of(value, path, issues)?;
    let entries = CompanyEntries {
        groups: fields.read("groups", issues, groups),
        addresses: fields.read("addresses", issues, texts),
        emails: fields.read("emails", issues, texts),
        phones: fields.read("phones", issues, texts),
        urls: fields.read("urls", issues, texts),
    };
    fields.finish(issues);
    Some(entries)
}
