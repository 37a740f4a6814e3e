//! `DeletePerson`.

use domain::{PersonId, Scope};
use persistence::{Deleted, people};
use proto::v1::DeletePersonRequest;
use tonic::Response;

use super::get::no_such_person;
use crate::convert::{etag as etag_of, version};
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
    let expected = version(&etag);
    let mut connection = core.database.connection().await?;
    let deleted = people::delete(
        &mut connection,
        caller.workspace_id,
        id,
        expected,
        caller.user_id,
        clock::now(),
    )
    .await?;
    match deleted {
        Deleted::Gone => Ok(Response::new(())),
        Deleted::NotFound => Err(no_such_person()),
        Deleted::Changed { version } => Err(Failure::EtagMismatch(etag_of(version))),
    }
}
