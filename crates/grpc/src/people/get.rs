//! `GetPerson`.

use domain::{Definitions, PersonId, PersonView, Scope, WorkspaceId};
use persistence::people::{self, Loaded};
use proto::v1::{GetPersonRequest, Person};
use std::sync::Arc;
use tonic::Response;

use super::convert;
use crate::Core;
use crate::attempts::{Again, Attempts};
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
    let (view, definitions) = load(core, caller.workspace_id, id).await?;
    Ok(Response::new(convert::person(
        &view,
        caller.user_id,
        &definitions,
    )))
}

/// The person, and the definitions by which to read it.
async fn load(
    core: &Core,
    workspace: WorkspaceId,
    id: PersonId,
) -> Result<(PersonView, Arc<Definitions>), Failure> {
    let mut attempts = Attempts::begin(core, workspace).await?;
    loop {
        let definitions = Arc::clone(attempts.definitions());
        let mut connection = core.database.connection().await?;
        let loaded = people::load(&mut connection, workspace, &[id], &definitions).await?;
        drop(connection);
        match loaded {
            Loaded::People(mut people) => {
                let view = people.pop().ok_or_else(no_such_person)?;
                return Ok((view, definitions));
            }
            Loaded::Stale => attempts.next(Again::Stale).await?,
        }
    }
}

/// Nobody has the id.
pub(super) fn no_such_person() -> Failure {
    Failure::NotFound("no such person in the workspace".to_owned())
}
