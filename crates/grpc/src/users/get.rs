//! `GetUser`.

use domain::{Scope, UserId};
use proto::v1::{GetUserRequest, User};
use tonic::Response;

use crate::Core;
use crate::convert::user;
use crate::edge::Caller;
use crate::record_id::request_record_id;
use crate::status::Failure;

/// What addresses the user who asks.
const ME: &str = "me";

pub(super) async fn get(
    core: &Core,
    caller: Caller,
    request: GetUserRequest,
) -> Result<Response<User>, Failure> {
    caller.require(Scope::Read)?;
    let GetUserRequest { id } = request;
    let id = if id == ME {
        caller.user_id
    } else {
        request_record_id(&id, "user", UserId::parse, UserId::parse_at)?
    };
    let definitions = core.definitions.get(caller.workspace_id).await?;
    let found = user(id, &definitions)
        .ok_or_else(|| Failure::NotFound("no such user in the workspace".to_owned()))?;
    Ok(Response::new(found))
}
