//! What a request says a new person is to be.

use std::collections::HashSet;

use crate::group_values::read_group_values;
use crate::membership::read_groups;
use crate::text::check_entries;
use crate::{
    CompanyId, CompanyName, CompanyRef, Judging, Member, Membership, Path, PersonProfile, PlacedReference,
    Problem, RawGroupValues, ReferenceTarget, Violations,
};

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
        read_group_values(
            values,
            Member::Person,
            &mut self.memberships,
            &mut self.references,
            &path.field("custom_field_values"),
            judging,
        );
    }
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
    // More are refused, and comparing them all with each other would take too long.
    kept.truncate(MAX_COMPANIES);
    kept
}
