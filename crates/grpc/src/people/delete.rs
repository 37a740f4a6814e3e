//! `DeletePerson`.

use domain::{PersonId, Scope};
use persistence::people::{self, Deleted};
use proto::v1::DeletePersonRequest;
use tonic::Response;

use super::convert;
use super::get::no_such_person;
use crate::attempts::{Again, Attempts};
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;
use crate::{Core, clock};

pub(super) async fn delete(
    core: &Core,
    caller: Caller,
    request: DeletePersonRequest,
) -> Result<Response<()>, Failure> {
    caller.require(Scope::Write)?;
    let DeletePersonRequest { id, etag } = request;
    let id = request_record_id(&id, "person", PersonId::parse, PersonId::parse_at)?;
    let version = convert::version(&etag);
    let mut attempts = Attempts::begin(core, caller.workspace_id).await?;
    let deleted = loop {
        let mut connection = core.database.connection().await?;
        let deleted = people::delete(
            &mut connection,
            caller.workspace_id,
            id,
            version,
            caller.user_id,
            clock::now(),
        )
        .await;
        drop(connection);
        match deleted {
            Ok(deleted) => break deleted,
            Err(persistence::Error::Conflict { .. }) => attempts.next(Again::LostRace).await?,
            Err(error) => return Err(error.into()),
        }
    };
    match deleted {
        Deleted::Gone => Ok(Response::new(())),
        Deleted::NotFound => Err(no_such_person()),
        Deleted::Changed { version } => Err(Failure::EtagMismatch(version.to_string())),
    }
}
