//! From a draft to what is stored, and from what is missing to violations.

use domain::{
    CompanyId, CompanyRef, Definitions, Deprecations, Judging, Path, PersonDraft, PersonId, Violations,
};
use persistence::people::NewPerson;
use proto::v1::Person;
use uuid::Uuid;

use super::convert;

/// A person of a request as it reads by some definitions.
pub(super) struct Judged {
    pub(super) draft: PersonDraft,
    pub(super) deprecations: Deprecations,
    pub(super) violations: Violations,
}

/// Reads a new person that stands at this path of its request.
pub(super) fn judge(person: Person, path: &Path<'_>, definitions: &Definitions) -> Judged {
    let mut deprecations = Deprecations::default();
    let mut violations = Violations::default();
    let raw = convert::raw_person(person, path, &mut violations);
    let mut judging = Judging {
        definitions,
        deprecations: &mut deprecations,
        violations: &mut violations,
    };
    let draft = PersonDraft::read(raw, path, &mut judging);
    Judged {
        draft,
        deprecations,
        violations,
    }
}

/// A new person of this draft, with ids for all that may have to be made.
pub(super) fn new_person(draft: PersonDraft, store: bool) -> NewPerson {
    NewPerson {
        id: PersonId::new(Uuid::now_v7()),
        new_companies: new_companies(&draft),
        draft,
        store,
    }
}

/// An id for each company that the draft names.
pub(super) fn new_companies(draft: &PersonDraft) -> Vec<CompanyId> {
    let named = |company: &&CompanyRef| matches!(company, CompanyRef::Name(_));
    let new = |_| CompanyId::new(Uuid::now_v7());
    draft.companies.iter().filter(named).map(new).collect()
}
