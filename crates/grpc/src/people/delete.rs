//! `DeletePerson`.

use domain::{PersonId, Scope};
use futures_util::FutureExt as _;
use persistence::people;
use proto::v1::DeletePersonRequest;
use tonic::Response;

use crate::convert::version;
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;
use crate::{Core, clock, deleting};

pub(super) async fn delete(
    core: &Core,
    caller: Caller,
    request: DeletePersonRequest,
) -> Result<Response<()>, Failure> {
    caller.require(Scope::Write)?;
    let DeletePersonRequest { id, etag } = request;
    let id = request_record_id(&id, "person", PersonId::parse, PersonId::parse_at)?;
    let expected = version(&etag);
    deleting::delete(core, caller, "person", |connection| {
        let (workspace, actor, now) = (caller.workspace_id, caller.user_id, clock::now());
        people::delete(connection, workspace, id, expected, actor, now).boxed()
    })
    .await
}
