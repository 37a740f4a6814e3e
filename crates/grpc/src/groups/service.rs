//! The calls about groups: a table of contents.

use proto::v1::groups_service_server::GroupsService;
use proto::v1::{ListCustomFieldsRequest, ListCustomFieldsResponse, ListGroupsRequest, ListGroupsResponse};
use tonic::{Request, Response, Status, async_trait};

use super::{list, list_custom_fields};
use crate::Core;
use crate::call::Call;

#[async_trait]
impl GroupsService for Core {
    async fn list_groups(
        &self,
        request: Request<ListGroupsRequest>,
    ) -> Result<Response<ListGroupsResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list::list(self, call.caller, message).await)
    }

    async fn list_custom_fields(
        &self,
        request: Request<ListCustomFieldsRequest>,
    ) -> Result<Response<ListCustomFieldsResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list_custom_fields::list_custom_fields(self, call.caller, message).await)
    }
}
