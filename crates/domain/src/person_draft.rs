//! What a request says a new person is to be.

use std::collections::HashSet;

use crate::custom_value::Reading;
use crate::text::check_entries;
use crate::{
    CompanyId, CompanyName, CompanyRef, CustomFieldId, CustomValue, Definitions, Deprecations, FieldSet,
    GroupId, Membership, Path, PersonProfile, PlacedReference, Problem, RawValue, ReferenceTarget,
    Violations,
};

/// The most groups that a person may be in.
pub(crate) const MAX_GROUPS: usize = 100;
/// The most companies that a person may belong to.
pub(crate) const MAX_COMPANIES: usize = 20;

/// A person as it is to be stored. It may be only if reading it broke no rule and all that it points to exists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PersonDraft {
    /// The plain fields.
    pub profile: PersonProfile,
    /// The companies, the primary one first.
    pub companies: Vec<CompanyRef>,
    /// The groups and their values, in the order they were given.
    pub memberships: Vec<Membership>,
    /// What the request points to and only the database knows to exist.
    pub references: Vec<PlacedReference>,
}

/// A person as a request sends it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawPerson {
    /// The plain fields, read already.
    pub profile: PersonProfile,
    /// Ids of groups.
    pub groups: Vec<String>,
    /// Companies.
    pub companies: Vec<RawCompany>,
    /// Custom values.
    pub values: Vec<RawGroupValues>,
}

/// A company as a request names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawCompany {
    /// By id.
    Id(String),
    /// By name.
    Name(String),
    /// Neither was sent.
    Unset,
}

/// The custom values of one group as a request sends them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawGroupValues {
    /// The group.
    pub group_id: String,
    /// Names of fields and their values.
    pub values: Vec<(String, RawValue)>,
}

/// Where a request is read: what is known, and where to report.
pub struct Judging<'a> {
    /// What the workspace has defined.
    pub definitions: &'a Definitions,
    /// Takes note of former names.
    pub deprecations: &'a mut Deprecations,
    /// Takes note of broken rules.
    pub violations: &'a mut Violations,
}

impl PersonDraft {
    /// Reads a new person; reports everything that is wrong. Paths begin with the fields of a person below `path`.
    pub fn read(raw: RawPerson, path: &Path<'_>, judging: &mut Judging<'_>) -> Self {
        let RawPerson {
            profile,
            groups,
            companies,
            values,
        } = raw;
        let mut draft = Self {
            profile,
            ..Self::default()
        };
        let groups = read_groups(groups, &path.field("groups"), judging);
        draft.memberships = groups.into_iter().map(Membership::new).collect();
        draft.companies = read_companies(
            companies,
            &path.field("companies"),
            &mut draft.references,
            judging.violations,
        );
        draft.read_values(values, path, judging);
        draft
    }

    /// Reads custom values into the memberships that they belong to.
    pub(crate) fn read_values(
        &mut self,
        values: Vec<RawGroupValues>,
        path: &Path<'_>,
        judging: &mut Judging<'_>,
    ) {
        let mut reading = Reading {
            definitions: judging.definitions,
            deprecations: judging.deprecations,
            violations: judging.violations,
            references: &mut self.references,
        };
        reading.memberships(values, &mut self.memberships, &path.field("custom_field_values"));
    }
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

/// Reads companies; the same id or name twice counts once.
pub(crate) fn read_companies(
    companies: Vec<RawCompany>,
    path: &Path<'_>,
    references: &mut Vec<PlacedReference>,
    violations: &mut Violations,
) -> Vec<CompanyRef> {
    check_entries(companies.len(), MAX_COMPANIES, path, violations);
    let mut ids = HashSet::new();
    let mut names = HashSet::new();
    let mut kept = Vec::new();
    for (index, company) in companies.into_iter().enumerate() {
        let path = path.index(index);
        match company {
            RawCompany::Id(id) => {
                let path = path.field("id");
                let Some(id) = CompanyId::parse_at(&id, &path, violations) else {
                    continue;
                };
                if ids.insert(id) {
                    let target = ReferenceTarget::Company(id);
                    references.push(PlacedReference {
                        path: path.to_segments(),
                        target,
                    });
                    kept.push(CompanyRef::Id(id));
                }
            }
            RawCompany::Name(name) => {
                let Some(name) = CompanyName::parse(name, &path.field("name"), violations) else {
                    continue;
                };
                if names.insert(name.key()) {
                    kept.push(CompanyRef::Name(name));
                }
            }
            RawCompany::Unset => {
                violations.add(
                    &path,
                    Problem::InvalidUnion,
                    "exactly one of id and name is needed",
                );
            }
        }
    }
    kept
}

impl Reading<'_> {
    /// Reads the values of all groups into the memberships they belong to.
    fn memberships(&mut self, values: Vec<RawGroupValues>, memberships: &mut [Membership], path: &Path<'_>) {
        let mut seen = HashSet::new();
        for RawGroupValues { group_id, values } in values {
            let path = path.key(&group_id);
            if !seen.insert(group_id.clone()) {
                self.violations.custom(&path, "the group is named twice");
                continue;
            }
            let Some(id) = GroupId::parse_at(&group_id, &path, self.violations) else {
                continue;
            };
            let Some(group) = self.definitions.group(id) else {
                self.violations.custom(&path, "no such group in the workspace");
                continue;
            };
            let membership = memberships
                .iter_mut()
                .find(|membership| membership.group_id == id);
            if membership.is_none() {
                let message =
                    format!("the person is not in group {group_id}; list it in groups to set its values");
                self.violations.custom(&path, message);
            }
            let values = self.fields(&group.person_fields, values, &path);
            if let Some(membership) = membership {
                for (field, value) in values {
                    membership.set(field, value);
                }
            }
        }
    }

    /// Reads the values of one group's fields.
    fn fields(
        &mut self,
        fields: &FieldSet,
        values: Vec<(String, RawValue)>,
        path: &Path<'_>,
    ) -> Vec<(CustomFieldId, Option<CustomValue>)> {
        let mut seen = HashSet::new();
        let mut kept = Vec::new();
        for (name, raw) in values {
            let path = path.key(&name);
            let Some((field, former)) = fields.find(&name) else {
                let known = fields
                    .as_slice()
                    .iter()
                    .map(|field| field.name.as_str())
                    .collect::<Vec<_>>();
                let message = format!(
                    "no such field for people in this group; it has: {}",
                    known.join(", ")
                );
                self.violations.custom(&path, message);
                continue;
            };
            if !seen.insert(field.id) {
                self.violations
                    .custom(&path, format!("the field \"{}\" is set twice", field.name));
                continue;
            }
            if former {
                self.deprecations
                    .add(format!("Field \"{name}\" is now called \"{}\".", field.name));
            }
            kept.push((field.id, self.value(field, raw, &path)));
        }
        kept
    }
}
