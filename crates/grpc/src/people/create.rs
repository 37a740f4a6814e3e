//! `CreatePerson`.

use domain::{Definitions, Path, Scope};
use persistence::RawConnection;
use persistence::people::{self, Created as Stored, NewPerson, Outcome};
use proto::v1::{CreatePersonRequest, Person};
use tonic::Response;

use super::convert;
use super::draft::{Judged, judge, new_person};
use crate::Core;
use crate::attempts::{Again, Attempt};
use crate::creating::{self, Create, Created, unless_lost};
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
    creating::create(core, caller, &name, &create).await
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
        connection: &mut RawConnection,
        definitions: &Definitions,
    ) -> Result<Attempt<Created<Person>>, Failure> {
        let Judged {
            draft,
            deprecations,
            mut violations,
        } = judge(self.person.clone(), &Path::root("person"), definitions);
        let wrong = !violations.is_empty();
        if wrong && draft.references.is_empty() {
            return Ok(Attempt::Again(Again::Invalid(violations)));
        }
        // What is wrong already is still asked whether what it refers to exists: all problems are told at once.
        let people = [new_person(draft, !self.validate_only && !wrong)];
        let stored = people::create(connection, self.caller.writing(definitions), &people).await;
        let outcome = match unless_lost(stored)? {
            Ok(Stored::People(mut outcomes)) => outcomes.pop().ok_or(Failure::Internal)?,
            Ok(Stored::Stale) => return Ok(Attempt::Again(Again::Stale)),
            Err(why) => return Ok(Attempt::Again(why)),
        };
        match outcome {
            Outcome::Missing(missing) => {
                let [NewPerson { draft, .. }] = people;
                report_missing(draft.references, &missing, &mut violations);
                Ok(Attempt::Again(Again::Invalid(violations)))
            }
            Outcome::Person { .. } if wrong => Ok(Attempt::Again(Again::Invalid(violations))),
            Outcome::Person { view, new_companies } => {
                let mut answer = convert::person(&view, self.caller.user_id, definitions);
                if self.validate_only {
                    convert::as_not_stored(&mut answer, &new_companies);
                }
                Ok(Attempt::Done(Created {
                    answer,
                    records: view.shown_records().collect(),
                    deprecations,
                }))
            }
        }
    }
}
