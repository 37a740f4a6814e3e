//! That records are in groups, and what requests make of that.

use std::collections::HashSet;

use crate::text::check_entries;
use crate::{CustomFieldId, CustomValue, FieldSet, Group, GroupId, Judging, Path};

/// The most groups that a record may be in.
const MAX_GROUPS: usize = 100;

/// The kinds of records that groups have as members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// People.
    Person,
    /// Companies.
    Company,
}

impl Member {
    /// The fields that a group defines for them.
    #[must_use]
    pub fn fields(self, group: &Group) -> &FieldSet {
        match self {
            Self::Person => &group.person_fields,
            Self::Company => &group.company_fields,
        }
    }

    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Company => "company",
        }
    }

    pub(crate) const fn nouns(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Company => "companies",
        }
    }
}

/// That a record is in a group, with the group's custom values.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The group.
    pub group_id: GroupId,
    /// The values that are set, each field once.
    pub values: Vec<(CustomFieldId, CustomValue)>,
}

impl Membership {
    /// That a record is in the group, without values so far.
    #[must_use]
    pub fn new(group_id: GroupId) -> Self {
        Self {
            group_id,
            values: Vec::new(),
        }
    }
}

/// Gives a field its value among others, or takes it away.
pub(crate) fn set_value(
    values: &mut Vec<(CustomFieldId, CustomValue)>,
    field_id: CustomFieldId,
    value: Option<CustomValue>,
) {
    let place = values.iter().position(|(id, _)| *id == field_id);
    match (place, value) {
        (Some(place), Some(value)) => values[place].1 = value,
        (Some(place), None) => {
            values.remove(place);
        }
        (None, Some(value)) => values.push((field_id, value)),
        (None, None) => {}
    }
}

/// Whether both hold the same values, in whatever order.
pub(crate) fn same_values(
    one: &[(CustomFieldId, CustomValue)],
    other: &[(CustomFieldId, CustomValue)],
) -> bool {
    one.len() == other.len() && one.iter().all(|value| other.contains(value))
}

/// Whether both say the same.
pub(crate) fn same_memberships(one: &[Membership], other: &[Membership]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.group_id == other.group_id && same_values(&one.values, &other.values))
}

/// Reads group ids; the same group twice counts once.
pub(crate) fn read_groups(groups: Vec<String>, path: &Path<'_>, judging: &mut Judging<'_>) -> Vec<GroupId> {
    let violations = &mut *judging.violations;
    check_entries(groups.len(), MAX_GROUPS, path, violations);
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for (index, group) in groups.into_iter().enumerate() {
        let path = path.index(index);
        let path = path.field("id");
        let Some(id) = GroupId::parse_at(&group, &path, violations) else {
            continue;
        };
        if judging.definitions.group(id).is_none() {
            violations.custom(&path, "no such group in the workspace");
        } else if seen.insert(id) {
            kept.push(id);
        }
    }
    kept
}

/// Makes these the groups of a record. Memberships that stay keep their values.
pub(crate) fn replace_groups(memberships: &mut Vec<Membership>, groups: Vec<GroupId>) {
    let former = std::mem::take(memberships);
    *memberships = groups
        .into_iter()
        .map(|group_id| {
            let kept = former.iter().find(|one| one.group_id == group_id);
            kept.cloned().unwrap_or_else(|| Membership::new(group_id))
        })
        .collect();
}

/// Takes a record out of groups.
pub(crate) fn remove_groups(
    memberships: &mut Vec<Membership>,
    groups: Vec<String>,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) {
    let groups = read_groups(groups, path, judging);
    memberships.retain(|membership| !groups.contains(&membership.group_id));
}

/// Puts a record into more groups; reports if those become too many.
pub(crate) fn add_groups(
    memberships: &mut Vec<Membership>,
    groups: Vec<String>,
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) {
    for group_id in read_groups(groups, path, judging) {
        if !memberships.iter().any(|one| one.group_id == group_id) {
            memberships.push(Membership::new(group_id));
        }
    }
    check_entries(memberships.len(), MAX_GROUPS, path, judging.violations);
}
