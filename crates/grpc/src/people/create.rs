//! `CreatePerson`.

use std::sync::Arc;

use domain::{Definitions, Path, Scope};
use persistence::people::{self, Created, NewPerson, Outcome};
use proto::v1::{CreatePersonRequest, Person};
use tonic::Response;

use super::convert;
use super::draft::{Judged, judge, new_person};
use crate::Core;
use crate::attempts::{Again, Attempt, Attempts};
use crate::deprecations::with_deprecations;
use crate::edge::Caller;
use crate::references::report_missing;
use crate::remembered::{Begun, RequestName, Work};
use crate::required::required;
use crate::status::Failure;

pub(super) async fn create(
    core: &Core,
    caller: Caller,
    mut request: CreatePersonRequest,
) -> Result<Response<Person>, Failure> {
    caller.require(Scope::Write)?;
    let request_id = std::mem::take(&mut request.request_id);
    let name = match request.validate_only {
        true => RequestName::none(),
        false => RequestName::of(caller, "CreatePerson", request_id, &request)?,
    };
    let CreatePersonRequest {
        person,
        validate_only,
        request_id: _,
    } = request;
    let person = required(person, "person")?;
    let mut attempts = Attempts::begin(core, caller.workspace_id).await?;
    loop {
        let judged = judge(person.clone(), &Path::root("person"), attempts.definitions());
        let work = match name.begin(&core.database).await? {
            Begun::Work(work) => work,
            Begun::Done(person) => return Ok(Response::new(person)),
        };
        match attempt(caller, work, judged, validate_only, attempts.definitions()).await? {
            Attempt::Done(response) => return Ok(response),
            Attempt::Again(why) => attempts.next(why).await?,
        }
    }
}

async fn attempt(
    caller: Caller,
    mut work: Box<Work>,
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
        work.abandon().await?;
        return Ok(Attempt::Again(Again::Invalid(violations)));
    }
    // What is wrong already is still asked whether what it refers to exists: all problems are told at once.
    let people = [new_person(draft, !validate_only && !wrong)];
    let writing = caller.writing(definitions);
    let outcome = match people::create(work.connection(), writing, &people).await {
        Ok(Created::People(mut outcomes)) => outcomes.pop().ok_or(Failure::Internal)?,
        Ok(Created::Stale) => {
            work.abandon().await?;
            return Ok(Attempt::Again(Again::Stale));
        }
        Err(persistence::Error::Conflict { .. }) => {
            work.abandon().await?;
            return Ok(Attempt::Again(Again::LostRace));
        }
        Err(error) => return Err(error.into()),
    };
    match outcome {
        Outcome::Missing(missing) => {
            let [NewPerson { draft, .. }] = people;
            report_missing(draft.references, &missing, &mut violations);
            work.abandon().await?;
            Ok(Attempt::Again(Again::Invalid(violations)))
        }
        Outcome::Person { .. } if wrong => {
            work.abandon().await?;
            Ok(Attempt::Again(Again::Invalid(violations)))
        }
        Outcome::Person { view, new_companies } => {
            let mut person = convert::person(&view, caller.user_id, definitions);
            if validate_only {
                convert::as_not_stored(&mut person, &new_companies);
            }
            let records: Vec<_> = view.shown_records().collect();
            work.finish(&person, &records).await?;
            Ok(Attempt::Done(with_deprecations(person, &deprecations)))
        }
    }
}
