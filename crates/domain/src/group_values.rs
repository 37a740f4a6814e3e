//! Reading the custom values of records: those of groups, and those of a record's own.

use std::collections::HashSet;

use crate::custom_value::Reading;
use crate::membership::set_value;
use crate::{
    CustomFieldId, CustomValue, Definitions, Deprecations, FieldSet, GroupId, Member, Membership, Path,
    PlacedReference, RawValue, Violations,
};

/// Where a request is read: what is known, and where to report.
pub struct Judging<'a> {
    /// What the workspace has defined.
    pub definitions: &'a Definitions,
    /// Takes note of former names.
    pub deprecations: &'a mut Deprecations,
    /// Takes note of broken rules.
    pub violations: &'a mut Violations,
}

/// The custom values of one group as a request sends them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawGroupValues {
    /// The group.
    pub group_id: String,
    /// Names of fields and their values.
    pub values: Vec<(String, RawValue)>,
}

/// Reads the values of groups into the memberships that they belong to; others of these keep theirs.
pub(crate) fn read_group_values(
    groups: Vec<RawGroupValues>,
    member: Member,
    memberships: &mut [Membership],
    references: &mut Vec<PlacedReference>,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) {
    let mut seen = HashSet::new();
    for RawGroupValues { group_id, values } in groups {
        let path = path.key(&group_id);
        if !seen.insert(group_id.clone()) {
            judging.violations.custom(&path, "the group is named twice");
            continue;
        }
        let Some(id) = GroupId::parse_at(&group_id, &path, judging.violations) else {
            continue;
        };
        let Some(group) = judging.definitions.group(id) else {
            judging.violations.custom(&path, "no such group in the workspace");
            continue;
        };
        let membership = memberships
            .iter_mut()
            .find(|membership| membership.group_id == id);
        if membership.is_none() {
            let noun = member.noun();
            let message =
                format!("the {noun} is not in group {group_id}; list it in groups to set its values");
            judging.violations.custom(&path, message);
        }
        // Values that have no place are read all the same: all problems are told at once.
        let mut nowhere = Vec::new();
        let kept = membership.map_or(&mut nowhere, |membership| &mut membership.values);
        let owner = format!("{} in this group", member.nouns());
        read_values(
            values,
            member.fields(group),
            &owner,
            kept,
            references,
            &path,
            judging,
        );
    }
}

/// Reads values of these fields, of `owner`, into those that are kept.
pub(crate) fn read_values(
    values: Vec<(String, RawValue)>,
    fields: &FieldSet,
    owner: &str,
    kept: &mut Vec<(CustomFieldId, CustomValue)>,
    references: &mut Vec<PlacedReference>,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) {
    let mut seen = HashSet::new();
    for (name, raw) in values {
        let path = path.key(&name);
        let Some((field, former)) = fields.find(&name) else {
            let known = fields.as_slice().iter().map(|field| field.name.as_str());
            let known = known.collect::<Vec<_>>().join(", ");
            let message = format!("no such field for {owner}; there are: {known}");
            judging.violations.custom(&path, message);
            continue;
        };
        if !seen.insert(field.id) {
            let message = format!("the field \"{}\" is set twice", field.name);
            judging.violations.custom(&path, message);
            continue;
        }
        if former {
            let sentence = format!("Field \"{name}\" is now called \"{}\".", field.name);
            judging.deprecations.add(sentence);
        }
        let mut reading = Reading {
            definitions: judging.definitions,
            deprecations: judging.deprecations,
            violations: judging.violations,
            references,
        };
        let value = reading.value(field, raw, &path);
        set_value(kept, field.id, value);
    }
}
