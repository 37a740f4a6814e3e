//! `ListUsers`.

use domain::{Scope, User, Violations};
use proto::v1::{ListUsersRequest, ListUsersResponse};
use tonic::Response;

use crate::Core;
use crate::convert::shown_user;
use crate::edge::Caller;
use crate::pages::List;
use crate::status::Failure;

pub(super) async fn list(
    core: &Core,
    caller: Caller,
    request: ListUsersRequest,
) -> Result<Response<ListUsersResponse>, Failure> {
    caller.require(Scope::Read)?;
    let ListUsersRequest {
        page_size,
        page_token,
    } = request;
    let definitions = core.definitions.get(caller.workspace_id).await?;
    let list = List {
        name: "users",
        definitions: &definitions,
    };
    let mut violations = Violations::default();
    let page = list.page(page_size, &page_token, &mut violations);
    if !violations.is_empty() {
        return Err(Failure::Invalid(violations));
    }
    let mut active = definitions.users();
    active.retain(|user| User::is_active(user));
    let (users, next_page_token) = list.slice(page, active, |user| user.id.uuid());
    Ok(Response::new(ListUsersResponse {
        users: users.into_iter().map(shown_user).collect(),
        next_page_token,
    }))
}
