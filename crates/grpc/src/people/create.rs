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
use crate::attempts::{Again, Attempt, Attempts};
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
    let mut attempts = Attempts::begin(core, caller.workspace_id).await?;
    loop {
        let judged = judge(person.clone(), attempts.definitions());
        match attempt(core, caller, judged, validate_only, attempts.definitions()).await? {
            Attempt::Done(response) => return Ok(response),
            Attempt::Again(why) => attempts.next(why).await?,
        }
    }
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

async fn attempt(
    core: &Core,
    caller: Caller,
    judged: Judged,
    validate_only: bool,
    definitions: &Arc<Definitions>,
) -> Result<Attempt<Response<Person>>, Failure> {
    let Judged {
        draft,
        deprecations,
        mut violations,
    } = judged;
    let wrong = !violations.is_empty();
    if wrong && draft.references.is_empty() {
        return Ok(Attempt::Again(Again::Invalid(violations)));
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
        Err(persistence::Error::Conflict { .. }) => return Ok(Attempt::Again(Again::LostRace)),
        Err(error) => return Err(error.into()),
    };
    drop(connection);
    let outcome = match created {
        Created::Stale => return Ok(Attempt::Again(Again::Stale)),
        Created::People(mut outcomes) => outcomes.pop().ok_or(Failure::Internal)?,
    };
    match outcome {
        Outcome::Missing(missing) => {
            let [NewPerson { draft, .. }] = people;
            report_missing(draft, &missing, &mut violations);
            Ok(Attempt::Again(Again::Invalid(violations)))
        }
        Outcome::Person { .. } if wrong => Ok(Attempt::Again(Again::Invalid(violations))),
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
