//! `DeleteDeal`.

use domain::{ObjectId, Path, Scope};
use persistence::{Deleted, deals};
use proto::v1::DeleteDealRequest;
use tonic::Response;

use super::get::no_such_deal;
use super::home::Home;
use crate::convert::{etag as etag_of, version};
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;
use crate::{Core, clock};

pub(super) async fn delete(
    core: &Core,
    caller: Caller,
    request: DeleteDealRequest,
) -> Result<Response<()>, Failure> {
    caller.require(Scope::Write)?;
    let DeleteDealRequest {
        group_id,
        object_type,
        id,
        etag,
    } = request;
    let workspace = caller.workspace_id;
    let definitions = core.definitions.get(workspace).await?;
    let home = Home::find(&group_id, &object_type, &Path::root("group_id"), &definitions)?;
    let id = request_record_id(&id, "deal", ObjectId::parse, ObjectId::parse_at)?;
    let expected = version(&etag);
    let mut connection = core.database.connection().await?;
    let (actor, now) = (caller.user_id, clock::now());
    match deals::delete(&mut connection, workspace, home.at, id, expected, actor, now).await? {
        Deleted::Gone => Ok(Response::new(())),
        Deleted::NotFound => Err(no_such_deal()),
        Deleted::Changed { version } => Err(Failure::EtagMismatch(etag_of(version))),
    }
}
