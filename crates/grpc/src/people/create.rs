//! `CreatePerson`.

use std::collections::HashSet;
use std::sync::Arc;

use domain::{
    CompanyId, CompanyRef, Definitions, Deprecations, Path, PersonDraft, PersonId, Problem, ReferenceTarget,
    Scope, Violations,
};
use persistence::people::{self, CreatePeople, Created, NewPerson, Outcome};
use proto::v1::{CreatePersonRequest, Person};
use tonic::Response;
use uuid::Uuid;

use super::convert;
use crate::attempts::ATTEMPTS;
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::status::Failure;
use crate::{Core, clock};

/// A request as it reads by some definitions.
struct Judged {
    draft: PersonDraft,
    deprecations: Deprecations,
    violations: Violations,
}

pub(super) async fn create(
    core: &Core,
    caller: Caller,
    request: CreatePersonRequest,
) -> Result<Response<Person>, Failure> {
    caller.require(Scope::Write)?;
    let CreatePersonRequest {
        person,
        validate_only,
        request_id: _,
    } = request;
    let person = person.ok_or_else(no_person)?;
    let workspace = caller.workspace_id;
    let mut definitions = core.definitions.get(workspace).await?;
    for _ in 0..ATTEMPTS {
        let judged = judge(person.clone(), &definitions);
        if !judged.violations.is_empty() {
            // It may only look wrong, by definitions that have changed since.
            let newest = core.definitions.refresh(workspace, definitions.version()).await?;
            if newest.version() != definitions.version() {
                definitions = newest;
                continue;
            }
        }
        match attempt(core, caller, judged, validate_only, &definitions).await? {
            Attempt::Done(response) => return Ok(response),
            Attempt::Stale => {
                definitions = core.definitions.refresh(workspace, definitions.version()).await?;
            }
            Attempt::LostRace => {}
        }
    }
    Err(Failure::Conflict)
}

fn no_person() -> Failure {
    let mut violations = Violations::default();
    let problem = Problem::InvalidType {
        expected: "object",
        received: "undefined".to_owned(),
    };
    violations.add(
        &Path::root("person"),
        problem,
        "a person is needed; it may be empty",
    );
    Failure::Invalid(violations)
}

fn judge(person: Person, definitions: &Definitions) -> Judged {
    let mut deprecations = Deprecations::default();
    let mut violations = Violations::default();
    let path = Path::root("person");
    let draft = convert::draft(person, &path, definitions, &mut deprecations, &mut violations);
    Judged {
        draft,
        deprecations,
        violations,
    }
}

/// What came of one try.
#[expect(clippy::large_enum_variant, reason = "it lives for one match")]
enum Attempt {
    Done(Response<Person>),
    /// The definitions have changed meanwhile.
    Stale,
    /// Something that the person refers to changed at this moment.
    LostRace,
}

async fn attempt(
    core: &Core,
    caller: Caller,
    judged: Judged,
    validate_only: bool,
    definitions: &Arc<Definitions>,
) -> Result<Attempt, Failure> {
    let Judged {
        draft,
        deprecations,
        mut violations,
    } = judged;
    let wrong = !violations.is_empty();
    if wrong && draft.references.is_empty() {
        return Err(Failure::Invalid(violations));
    }
    let people = [new_person(draft)];
    let request = CreatePeople {
        workspace_id: caller.workspace_id,
        actor: caller.user_id,
        now: clock::now(),
        definitions_version: definitions.version(),
        // What is wrong already is still asked whether what it refers to exists: all problems are told at once.
        dry_run: validate_only || wrong,
        people: &people,
    };
    let mut connection = core.database.connection().await?;
    let created = match people::create(&mut connection, &request).await {
        Ok(created) => created,
        Err(persistence::Error::Conflict { .. }) => return Ok(Attempt::LostRace),
        Err(error) => return Err(error.into()),
    };
    drop(connection);
    let outcome = match created {
        Created::Stale => return Ok(Attempt::Stale),
        Created::People(mut outcomes) => outcomes.pop().ok_or(Failure::Internal)?,
    };
    match outcome {
        Outcome::Missing(missing) => {
            let [NewPerson { draft, .. }] = people;
            report_missing(draft, &missing, &mut violations);
            Err(Failure::Invalid(violations))
        }
        Outcome::Person { .. } if wrong => Err(Failure::Invalid(violations)),
        Outcome::Person { view, new_companies } => {
            let mut person = convert::person(&view, caller.user_id, definitions);
            if validate_only {
                convert::as_not_stored(&mut person, &new_companies);
            }
            Ok(Attempt::Done(with_deprecations(person, &deprecations)))
        }
    }
}

fn new_person(draft: PersonDraft) -> NewPerson {
    let named = |company: &&CompanyRef| matches!(company, CompanyRef::Name(_));
    NewPerson {
        id: PersonId::new(Uuid::now_v7()),
        new_companies: draft
            .companies
            .iter()
            .filter(named)
            .map(|_| CompanyId::new(Uuid::now_v7()))
            .collect(),
        draft,
    }
}

fn report_missing(draft: PersonDraft, missing: &[ReferenceTarget], violations: &mut Violations) {
    let missing: HashSet<_> = missing.iter().collect();
    for reference in draft.references {
        if missing.contains(&reference.target) {
            let message = match reference.target {
                ReferenceTarget::Company(_) => "no such company in the workspace",
                ReferenceTarget::Person(_) => "no such person in the workspace",
                ReferenceTarget::Object(_, _) => "no such object of the field's object type in the workspace",
            };
            violations.add_at(reference.path, Problem::Custom, message);
        }
    }
}
