//! What a request says a person is to be.

use std::collections::HashSet;

use crate::custom_value::Reading;
use crate::text::check_entries;
use crate::{
    CompanyId, CompanyName, CompanyRef, CustomFieldId, CustomValue, Definitions, Deprecations, FieldSet,
    GroupId, Membership, Path, PersonProfile, PlacedReference, Problem, RawValue, ReferenceTarget,
    Violations,
};

/// The most groups that a person may be in.
const MAX_GROUPS: usize = 100;
/// The most companies that a person may belong to.
const MAX_COMPANIES: usize = 20;

/// A person that is yet to be made. It may be stored only if reading it broke no rule and all that it points to exists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PersonDraft {
    /// The plain fields.
    pub profile: PersonProfile,
    /// The companies, the primary one first.
    pub companies: Vec<CompanyRef>,
    /// The groups and their values, in the order they were given.
    pub memberships: Vec<Membership>,
    /// Everything pointed to that only the database knows to exist.
    pub references: Vec<PlacedReference>,
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

impl PersonDraft {
    /// Reads what a request says of a person's groups, companies and custom values; reports everything that is wrong.
    /// Paths begin with the fields `groups`, `companies` and `custom_field_values` below `path`.
    #[expect(
        clippy::too_many_arguments,
        reason = "three lists, what is known, and three places to report to"
    )]
    pub fn read(
        profile: PersonProfile,
        groups: Vec<String>,
        companies: Vec<RawCompany>,
        values: Vec<RawGroupValues>,
        path: &Path<'_>,
        definitions: &Definitions,
        deprecations: &mut Deprecations,
        violations: &mut Violations,
    ) -> Self {
        let mut references = Vec::new();
        let groups = read_groups(groups, &path.field("groups"), definitions, violations);
        let companies = read_companies(companies, &path.field("companies"), &mut references, violations);
        let mut memberships: Vec<Membership> = groups
            .into_iter()
            .map(|group_id| Membership {
                group_id,
                values: Vec::new(),
            })
            .collect();
        let mut reading = Reading {
            definitions,
            deprecations,
            violations,
            references: &mut references,
        };
        reading.memberships(values, &mut memberships, &path.field("custom_field_values"));
        Self {
            profile,
            companies,
            memberships,
            references,
        }
    }
}

/// Reads group ids; the same group twice counts once.
fn read_groups(
    groups: Vec<String>,
    path: &Path<'_>,
    definitions: &Definitions,
    violations: &mut Violations,
) -> Vec<GroupId> {
    check_entries(groups.len(), MAX_GROUPS, path, violations);
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for (index, group) in groups.into_iter().enumerate() {
        let path = path.index(index);
        let path = path.field("id");
        let Some(id) = GroupId::parse_at(&group, &path, violations) else {
            continue;
        };
        if definitions.group(id).is_none() {
            violations.custom(&path, "no such group in the workspace");
        } else if seen.insert(id) {
            kept.push(id);
        }
    }
    kept
}

/// Reads companies; the same id or name twice counts once.
fn read_companies(
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
                membership.values = values;
            }
        }
    }

    /// Reads the values of one group's fields.
    fn fields(
        &mut self,
        fields: &FieldSet,
        values: Vec<(String, RawValue)>,
        path: &Path<'_>,
    ) -> Vec<(CustomFieldId, CustomValue)> {
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
            if let Some(value) = self.value(field, raw, &path) {
                kept.push((field.id, value));
            }
        }
        kept
    }
}
