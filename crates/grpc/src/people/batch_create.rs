//! `BatchCreatePeople`.

use domain::{Definitions, Deprecations, Path, Problem, Scope, Unit, Violations};
use persistence::people::{self, Created as Stored, NewPerson, Outcome};
use persistence::{RawConnection, Writing};
use proto::v1::batch_create_result::Result as BatchResult;
use proto::v1::{BatchCreatePeopleRequest, BatchCreatePeopleResponse, BatchCreateResult, BatchError, Person};
use tonic::Response;
use uuid::Uuid;

use super::convert;
use super::draft::{Judged, judge, new_person};
use crate::Core;
use crate::attempts::{Again, Attempt};
use crate::creating::{self, Create, Created, unless_lost};
use crate::edge::Caller;
use crate::references::report_missing;
use crate::remembered::RequestName;
use crate::status::{Failure, batch_error};

/// The most people of a batch.
pub(super) const MAX_BATCH: usize = 1000;

type Answer = BatchCreatePeopleResponse;

pub(super) async fn batch_create(
    core: &Core,
    caller: Caller,
    mut request: BatchCreatePeopleRequest,
) -> Result<Response<Answer>, Failure> {
    caller.require(Scope::Write)?;
    let request_id = std::mem::take(&mut request.request_id);
    let name = RequestName::of(
        caller,
        "BatchCreatePeople",
        request_id,
        request.validate_only,
        &request,
    )?;
    check_count(request.people.len(), "people")?;
    let people = request.people.len();
    let answer = creating::create(core, caller, &name, &BatchCreate { caller, request }).await?;
    core.database.note_written(people);
    Ok(answer)
}

struct BatchCreate {
    caller: Caller,
    request: BatchCreatePeopleRequest,
}

impl Create for BatchCreate {
    type Answer = Answer;

    async fn attempt(
        &self,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<Attempt<Created<Answer>>, Failure> {
        let batch = Batch::judge(self.request.clone(), definitions);
        let writing = Writing {
            atomic: batch.atomic,
            ..self.caller.writing(definitions)
        };
        let stored = people::create(connection, writing, &batch.people).await;
        match unless_lost(stored)? {
            Ok(Stored::People(outcomes)) => Ok(batch.conclude(self.caller, outcomes, definitions)),
            Ok(Stored::Stale) => Ok(Attempt::Again(Again::Stale)),
            Err(why) => Ok(Attempt::Again(why)),
        }
    }
}

/// Refuses a batch of no or too many entries in this field.
pub(super) fn check_count(count: usize, field: &'static str) -> Result<(), Failure> {
    let problem = match count {
        0 => Problem::TooSmall {
            unit: Unit::Entries,
            minimum: 1,
            exact: false,
        },
        1..=MAX_BATCH => return Ok(()),
        _ => Problem::TooBig {
            unit: Unit::Entries,
            maximum: MAX_BATCH as i64,
            exact: false,
        },
    };
    let mut violations = Violations::default();
    let message = format!("a batch has 1 to {MAX_BATCH} entries");
    violations.add(&Path::root(field), problem, message);
    Err(Failure::Invalid(violations))
}

/// The people of a request as they read by some definitions.
struct Batch {
    people: Vec<NewPerson>,
    /// What is wrong with each.
    violations: Vec<Violations>,
    deprecations: Deprecations,
    atomic: bool,
    validate_only: bool,
}

impl Batch {
    fn judge(request: BatchCreatePeopleRequest, definitions: &Definitions) -> Self {
        let BatchCreatePeopleRequest {
            people,
            atomic,
            validate_only,
            request_id: _,
        } = request;
        let mut deprecations = Deprecations::default();
        let root = Path::root("people");
        let judged: Vec<_> = people
            .into_iter()
            .enumerate()
            .map(|(index, person)| judge(person, &root.index(index), definitions))
            .collect();
        let any_wrong = judged.iter().any(|person| !person.violations.is_empty());
        let mut batch = Self {
            people: Vec::with_capacity(judged.len()),
            violations: Vec::with_capacity(judged.len()),
            deprecations: Deprecations::default(),
            atomic,
            validate_only,
        };
        for Judged {
            draft,
            deprecations: of_person,
            violations,
        } in judged
        {
            // What is wrong is still asked whether what it refers to exists: all problems are told at once.
            let store = !validate_only && violations.is_empty() && !(atomic && any_wrong);
            batch.people.push(new_person(draft, store));
            batch.violations.push(violations);
            deprecations.extend(of_person);
        }
        batch.deprecations = deprecations;
        batch
    }

    /// The answer, unless the batch is atomic and something is wrong.
    fn conclude(
        self,
        caller: Caller,
        outcomes: Vec<Outcome>,
        definitions: &Definitions,
    ) -> Attempt<Created<Answer>> {
        let atomic = self.atomic;
        let (results, mut records, deprecations) = self.results(caller, outcomes, definitions);
        records.sort_unstable();
        records.dedup();
        if atomic && results.iter().any(Result::is_err) {
            let mut all = Violations::default();
            for violations in results.into_iter().filter_map(Result::err) {
                all.extend(violations);
            }
            return Attempt::Again(Again::Invalid(all));
        }
        let results = results.into_iter().map(|result| BatchCreateResult {
            result: Some(match result {
                Ok(person) => BatchResult::Person(person),
                Err(violations) => BatchResult::Error(error(&violations)),
            }),
        });
        Attempt::Done(Created {
            answer: BatchCreatePeopleResponse {
                results: results.collect(),
            },
            records,
            deprecations,
        })
    }

    /// What came of each, and the records that the answer shows.
    fn results(
        self,
        caller: Caller,
        outcomes: Vec<Outcome>,
        definitions: &Definitions,
    ) -> (Vec<Result<Person, Violations>>, Vec<Uuid>, Deprecations) {
        let Self {
            people,
            violations,
            deprecations,
            atomic: _,
            validate_only,
        } = self;
        let mut records = Vec::with_capacity(people.len());
        let entries = people.into_iter().zip(violations).zip(outcomes);
        let results = entries
            .map(|((new, mut violations), outcome)| match outcome {
                Outcome::Missing(missing) => {
                    report_missing(new.draft.references, &missing, &mut violations);
                    Err(violations)
                }
                Outcome::Person { .. } if !violations.is_empty() => Err(violations),
                Outcome::Person { view, new_companies } => {
                    records.extend(view.shown_records());
                    let mut person = convert::person(*view, caller.user_id, definitions);
                    if validate_only {
                        convert::as_not_stored(&mut person, &new_companies);
                    }
                    Ok(person)
                }
            })
            .collect();
        (results, records, deprecations)
    }
}

fn error(violations: &Violations) -> BatchError {
    let (message, violations) = batch_error(violations);
    BatchError { message, violations }
}
