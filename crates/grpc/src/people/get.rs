//! `GetPerson`.

use domain::{Definitions, PersonId, PersonView, Scope};
use persistence::{Loaded, Reach, people};
use proto::v1::{GetPersonRequest, Person};
use std::sync::Arc;
use tonic::Response;

use super::convert;
use super::gets::{Get, Got};
use crate::Core;
use crate::attempts::{Again, Attempt, until_done};
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;

pub(super) async fn get(
    core: &Core,
    caller: Caller,
    request: GetPersonRequest,
) -> Result<Response<Person>, Failure> {
    caller.require(Scope::Read)?;
    let GetPersonRequest { id } = request;
    let id = request_record_id(&id, "person", PersonId::parse, PersonId::parse_at)?;
    until_done(core, caller.workspace_id, |definitions| async move {
        let get = Get { id, definitions };
        match core.gets.ask(caller.workspace_id, get).await {
            None => Err(Failure::Internal),
            Some(Err(failure)) => Err(failure.into()),
            Some(Ok(Got::Stale)) => Ok(Attempt::Again(Again::Stale)),
            Some(Ok(Got::Absent)) => Err(no_such_person()),
            Some(Ok(Got::Person(view, definitions))) => {
                let person = convert::person(Arc::unwrap_or_clone(view), caller.user_id, &definitions);
                Ok(Attempt::Done(Response::new(person)))
            }
        }
    })
    .await
}

/// Those of the people that exist, in the order of their ids, and the definitions by which to read them.
pub(super) async fn load(
    core: &Core,
    reach: Reach,
    ids: &[PersonId],
) -> Result<(Vec<PersonView>, Arc<Definitions>), Failure> {
    until_done(core, reach.workspace_id, |definitions| async move {
        let loaded = people::load_alone(&core.database, reach, ids, &definitions).await?;
        Ok(match loaded {
            Loaded::Found(views) => Attempt::Done((views, definitions)),
            Loaded::Stale => Attempt::Again(Again::Stale),
        })
    })
    .await
}

/// Nobody has the id.
pub(super) fn no_such_person() -> Failure {
    Failure::NotFound("no such person in the workspace".to_owned())
}
