//! `CreatePerson`.

use domain::{Definitions, Deprecations, Path, PlacedReference, Scope, Violations};
use persistence::RawConnection;
use persistence::people::{self, Created as Stored, NewPerson, Outcome};
use proto::v1::{CreatePersonRequest, Person};
use tonic::Response;

use super::convert;
use super::creates::Maker;
use super::draft::{Judged, judge, new_person};
use crate::Core;
use crate::attempts::{Again, Attempt, until_done};
use crate::creating::{self, Create, Created, unless_lost};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::references::report_missing;
use crate::remembered::RequestName;
use crate::required::required;
use crate::status::Failure;

pub(super) async fn create(
    core: &Core,
    caller: Caller,
    mut request: CreatePersonRequest,
) -> Result<Response<Person>, Failure> {
    caller.require(Scope::Write)?;
    let request_id = std::mem::take(&mut request.request_id);
    let name = RequestName::of(
        caller,
        "CreatePerson",
        request_id,
        request.validate_only,
        &request,
    )?;
    let CreatePersonRequest {
        person,
        validate_only,
        request_id: _,
    } = request;
    let create = CreatePerson {
        caller,
        person: required(person, "person")?,
        validate_only,
    };
    if name.is_none() && !validate_only {
        return create.among_others(core).await;
    }
    // Boxed: most do not come here, and would have room for it.
    Box::pin(creating::create(core, caller, &name, &create)).await
}

struct CreatePerson {
    caller: Caller,
    person: Person,
    validate_only: bool,
}

impl Create for CreatePerson {
    type Answer = Person;

    async fn attempt(
        &self,
        connection: &RawConnection,
        definitions: &Definitions,
    ) -> Result<Attempt<Created<Person>>, Failure> {
        let (person, rest) = match self.judge(definitions) {
            Ok(judged) => judged,
            Err(violations) => return Ok(Attempt::Again(Again::Invalid(violations))),
        };
        let writing = self.caller.writing(definitions);
        let stored = people::create(connection, writing, std::slice::from_ref(&person)).await;
        match unless_lost(stored)? {
            Ok(Stored::People(mut outcomes)) => {
                let outcome = outcomes.pop().ok_or(Failure::Internal)?;
                Ok(self.conclude(rest, outcome, definitions))
            }
            Ok(Stored::Stale) => Ok(Attempt::Again(Again::Stale)),
            Err(why) => Ok(Attempt::Again(why)),
        }
    }
}

/// What of a judged person is not stored.
struct Rest {
    references: Vec<PlacedReference>,
    deprecations: Deprecations,
    violations: Violations,
}

impl CreatePerson {
    /// Makes the person together with those that are made at the same time.
    async fn among_others(&self, core: &Core) -> Result<Response<Person>, Failure> {
        let created = until_done(core, self.caller.workspace_id, |definitions| async move {
            let (person, rest) = match self.judge(&definitions) {
                Ok(judged) => judged,
                Err(violations) => return Ok(Attempt::Again(Again::Invalid(violations))),
            };
            let maker = Maker {
                workspace_id: self.caller.workspace_id,
                user_id: self.caller.user_id,
                definitions_version: definitions.version(),
            };
            match core.creates.ask(maker, person).await {
                None => Err(Failure::Internal),
                Some(Err(failure)) => Err(failure.into()),
                Some(Ok(Err(why))) => Ok(Attempt::Again(why)),
                Some(Ok(Ok(outcome))) => Ok(self.conclude(rest, outcome, &definitions)),
            }
        })
        .await?;
        Ok(with_deprecations(created.answer, &created.deprecations))
    }

    /// The person to store, or only to be looked up if something is wrong already: all problems are told at once.
    fn judge(&self, definitions: &Definitions) -> Result<(NewPerson, Rest), Violations> {
        let Judged {
            draft,
            deprecations,
            violations,
        } = judge(self.person.clone(), &Path::root("person"), definitions);
        let wrong = !violations.is_empty();
        if wrong && draft.references.is_empty() {
            return Err(violations);
        }
        let rest = Rest {
            references: draft.references.clone(),
            deprecations,
            violations,
        };
        Ok((new_person(draft, !self.validate_only && !wrong), rest))
    }

    fn conclude(&self, rest: Rest, outcome: Outcome, definitions: &Definitions) -> Attempt<Created<Person>> {
        let Rest {
            references,
            deprecations,
            mut violations,
        } = rest;
        match outcome {
            Outcome::Missing(missing) => {
                report_missing(references, &missing, &mut violations);
                Attempt::Again(Again::Invalid(violations))
            }
            Outcome::Person { .. } if !violations.is_empty() => Attempt::Again(Again::Invalid(violations)),
            Outcome::Person { view, new_companies } => {
                let records = view.shown_records().collect();
                let mut answer = convert::person(*view, self.caller.user_id, definitions);
                if self.validate_only {
                    convert::as_not_stored(&mut answer, &new_companies);
                }
                Attempt::Done(Created {
                    answer,
                    records,
                    deprecations,
                })
            }
        }
    }
}
