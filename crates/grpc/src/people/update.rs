//! `UpdatePerson`.

use std::collections::HashSet;
use std::sync::Arc;

use domain::{
    Definitions, Deprecations, Judging, Path, PersonChange, PersonField, PersonId, PersonView,
    PlacedReference, Problem, Scope, Violations,
};
use persistence::Writing;
use persistence::people::{self, Decision, Outcome, Updated};
use proto::v1::{Person, UpdatePersonRequest};
use tonic::Response;

use super::convert;
use super::draft::{new_companies, report_missing, report_no_person};
use super::get::no_such_person;
use crate::attempts::{Again, Attempt, Attempts};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::record_id::record_id;
use crate::status::Failure;
use crate::{Core, clock};

/// What a request asks for, read as far as that does not depend on what is stored.
struct Asked {
    id: PersonId,
    etag: String,
    change: PersonChange,
    violations: Violations,
    validate_only: bool,
}

pub(super) async fn update(
    core: &Core,
    caller: Caller,
    request: UpdatePersonRequest,
) -> Result<Response<Person>, Failure> {
    caller.require(Scope::Write)?;
    let mut attempts = Attempts::begin(core, caller.workspace_id).await?;
    loop {
        let asked = read(request.clone())?;
        match attempt(core, caller, asked, attempts.definitions()).await? {
            Attempt::Done(response) => return Ok(response),
            Attempt::Again(why) => attempts.next(why).await?,
        }
    }
}

fn read(request: UpdatePersonRequest) -> Result<Asked, Failure> {
    let UpdatePersonRequest {
        person,
        update_mask,
        add,
        remove,
        validate_only,
    } = request;
    let mut violations = Violations::default();
    let path = Path::root("person");
    let Some(mut person) = person else {
        report_no_person(
            &path,
            "a person is needed, with the id of the one to update",
            &mut violations,
        );
        return Err(Failure::Invalid(violations));
    };
    let id = std::mem::take(&mut person.id);
    let id = record_id(
        &id,
        "person",
        &path.field("id"),
        PersonId::parse,
        PersonId::parse_at,
    )?;
    let etag = std::mem::take(&mut person.etag);
    let fields = match update_mask {
        Some(mask) if !mask.paths.is_empty() => read_mask(&mask.paths, &mut violations),
        Some(_) | None => convert::set_fields(&person),
    };
    convert::keep_fields(&mut person, &fields);
    let change = PersonChange {
        new: convert::raw_person(person, &path, &mut violations),
        remove: convert::raw_entries(remove, &Path::root("remove"), &mut violations),
        add: convert::raw_entries(add, &Path::root("add"), &mut violations),
        fields,
    };
    Ok(Asked {
        id,
        etag,
        change,
        violations,
        validate_only,
    })
}

fn read_mask(paths: &[String], violations: &mut Violations) -> HashSet<PersonField> {
    if paths == ["*"] {
        return PersonField::ALL.iter().copied().collect();
    }
    let root = Path::root("update_mask");
    let list = root.field("paths");
    let mut fields = HashSet::new();
    for (index, name) in paths.iter().enumerate() {
        match PersonField::ALL.iter().find(|field| field.as_str() == name) {
            Some(field) => {
                fields.insert(*field);
            }
            None => {
                let options: Vec<_> = PersonField::ALL
                    .iter()
                    .map(|field| field.as_str().to_owned())
                    .collect();
                let message = format!(
                    "no such field to update: {name:?}; there are: {}",
                    options.join(", ")
                );
                violations.add(&list.index(index), Problem::InvalidEnumValue { options }, message);
            }
        }
    }
    fields
}

/// What `decide` learned on the way.
#[derive(Default)]
struct Noted {
    deprecations: Deprecations,
    violations: Violations,
    references: Vec<PlacedReference>,
    /// The present etag, if another one was expected.
    stale_etag: Option<String>,
}

async fn attempt(
    core: &Core,
    caller: Caller,
    asked: Asked,
    definitions: &Arc<Definitions>,
) -> Result<Attempt<Response<Person>>, Failure> {
    let Asked {
        id,
        etag,
        change,
        violations,
        validate_only,
    } = asked;
    let writing = Writing {
        workspace_id: caller.workspace_id,
        actor: caller.user_id,
        now: clock::now(),
        definitions_version: definitions.version(),
        atomic: false,
    };
    let mut noted = Noted {
        violations,
        ..Noted::default()
    };
    let decide =
        |current: &PersonView| decide(current, change, &etag, validate_only, definitions, &mut noted);
    let mut connection = core.database.connection().await?;
    let updated = people::update(&mut connection, writing, id, definitions, decide).await;
    drop(connection);
    let outcome = match updated {
        Ok(Updated::Outcome(outcome)) => outcome,
        Ok(Updated::NotFound) => return Err(no_such_person()),
        Ok(Updated::Stale) => return Ok(Attempt::Again(Again::Stale)),
        Err(persistence::Error::Conflict { .. }) => return Ok(Attempt::Again(Again::LostRace)),
        Err(error) => return Err(error.into()),
    };
    let Noted {
        deprecations,
        mut violations,
        references,
        stale_etag,
    } = noted;
    if let Some(etag) = stale_etag {
        return Err(Failure::EtagMismatch(etag));
    }
    if let Outcome::Missing(missing) = &outcome {
        report_missing(references, missing, &mut violations);
    }
    match outcome {
        Outcome::Person { view, new_companies } if violations.is_empty() => {
            let mut person = convert::person(&view, caller.user_id, definitions);
            if validate_only {
                convert::unmade_by_name(&mut person, &new_companies);
            }
            Ok(Attempt::Done(with_deprecations(person, &deprecations)))
        }
        Outcome::Person { .. } | Outcome::Missing(_) => Ok(Attempt::Again(Again::Invalid(violations))),
    }
}

fn decide(
    current: &PersonView,
    change: PersonChange,
    etag: &str,
    validate_only: bool,
    definitions: &Definitions,
    noted: &mut Noted,
) -> Decision {
    let present = convert::etag(&current.person);
    if !etag.is_empty() && *etag != present {
        noted.stale_etag = Some(present);
        return Decision::Leave;
    }
    let mut judging = Judging {
        definitions,
        deprecations: &mut noted.deprecations,
        violations: &mut noted.violations,
    };
    let draft = Box::new(change.apply(current, &mut judging));
    noted.references.clone_from(&draft.references);
    let wrong = !noted.violations.is_empty();
    if wrong && draft.references.is_empty() || !draft.differs_from(current) {
        return Decision::Leave;
    }
    let new_companies = new_companies(&draft);
    if wrong || validate_only {
        Decision::DryRun(draft, new_companies)
    } else {
        Decision::Write(draft, new_companies)
    }
}
