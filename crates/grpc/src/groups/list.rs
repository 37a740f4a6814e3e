//! `ListGroups`.

use domain::{Scope, Violations};
use proto::v1::{ListGroupsRequest, ListGroupsResponse};
use tonic::Response;

use super::convert;
use crate::Core;
use crate::edge::Caller;
use crate::pages::List;
use crate::status::Failure;

pub(super) async fn list(
    core: &Core,
    caller: Caller,
    request: ListGroupsRequest,
) -> Result<Response<ListGroupsResponse>, Failure> {
    caller.require(Scope::Read)?;
    let ListGroupsRequest {
        page_size,
        page_token,
    } = request;
    let definitions = core.definitions.get(caller.workspace_id).await?;
    let list = List {
        name: "groups",
        definitions: &definitions,
    };
    let mut violations = Violations::default();
    let page = list.page(page_size, &page_token, &mut violations);
    if !violations.is_empty() {
        return Err(Failure::Invalid(violations));
    }
    let (groups, next_page_token) = list.slice(page, definitions.groups(), |group| group.id.uuid());
    Ok(Response::new(ListGroupsResponse {
        groups: groups.into_iter().map(convert::group).collect(),
        next_page_token,
    }))
}
