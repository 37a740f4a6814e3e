//! Single entries of the lists of a person, to be added or removed; read both ways.

use proto::v1::{CompanyLink, GroupLink, PersonEntries};
use serde::Deserialize;

use super::input::{CompanyInput, GroupInput};
use super::record::companies;
use crate::json::{Fields, Json, Path, ShapeIssues, texts};
use crate::records::groups;

/// Entries as callers send them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct EntriesInput {
    groups: Vec<GroupInput>,
    companies: Vec<CompanyInput>,
    addresses: Vec<String>,
    emails: Vec<String>,
    phones: Vec<String>,
    urls: Vec<String>,
}

impl From<EntriesInput> for PersonEntries {
    fn from(input: EntriesInput) -> Self {
        let EntriesInput {
            groups,
            companies,
            addresses,
            emails,
            phones,
            urls,
        } = input;
        Self {
            groups: groups.into_iter().map(GroupLink::from).collect(),
            companies: companies.into_iter().map(CompanyLink::from).collect(),
            addresses,
            emails,
            phones,
            urls,
        }
    }
}

/// The slow way in.
pub(super) fn read_entries(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<PersonEntries> {
    let mut fields = Fields::of(value, path, issues)?;
    let entries = PersonEntries {
        groups: fields.read("groups", issues, groups),
        companies: fields.read("companies", issues, companies),
        addresses: fields.read("addresses", issues, texts),
        emails: fields.read("emails", issues, texts),
        phones: fields.read("phones", issues, texts),
        urls: fields.read("urls", issues, texts),
    };
    fields.finish(issues);
    Some(entries)
}
