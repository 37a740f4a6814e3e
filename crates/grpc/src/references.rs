//! From what does not exist to violations.

use std::collections::HashSet;

use domain::{PlacedReference, Problem, ReferenceTarget, Violations};

/// Reports each reference to something that does not exist.
pub(crate) fn report_missing(
    references: Vec<PlacedReference>,
    missing: &[ReferenceTarget],
    violations: &mut Violations,
) {
    let missing: HashSet<_> = missing.iter().collect();
    for reference in references {
        if missing.contains(&reference.target) {
            let message = match reference.target {
                ReferenceTarget::Company(_) => "no such company in the workspace",
                ReferenceTarget::Person(_) => "no such person in the workspace",
                ReferenceTarget::Object(_, _) => "no such object of the field's object type in the workspace",
                ReferenceTarget::CompanyInGroup(_, _) => "no such company in the group",
                ReferenceTarget::PersonInGroup(_, _) => "no such person in the group",
            };
            violations.add_at(reference.path, Problem::Custom, message);
        }
    }
}
