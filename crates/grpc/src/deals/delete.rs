//! `DeleteDeal`.

use domain::{ObjectId, Path, Scope};
use futures_util::FutureExt as _;
use persistence::deals;
use proto::v1::DeleteDealRequest;
use tonic::Response;

use super::home::Home;
use crate::convert::version;
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;
use crate::{Core, clock, deleting};

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
    let at = home.at;
    deleting::delete(core, caller, "deal", |connection| {
        let (actor, now) = (caller.user_id, clock::now());
        deals::delete(connection, workspace, at, id, expected, actor, now).boxed()
    })
    .await
}
