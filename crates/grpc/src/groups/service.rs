//! The calls about groups: a table of contents.

use proto::v1::groups_service_server::GroupsService;
use proto::v1::{ListCustomFieldsRequest, ListCustomFieldsResponse, ListGroupsRequest, ListGroupsResponse};
use tonic::{Request, Response, Status, async_trait};

use super::{list, list_custom_fields};
use crate::Core;
use crate::call::Call;

/// `people.v1.GroupsService`.
pub(crate) struct Service {
    core: Core,
}

impl Service {
    /// The service over this core.
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }
}

#[async_trait]
impl GroupsService for Service {
    async fn list_groups(
        &self,
        request: Request<ListGroupsRequest>,
    ) -> Result<Response<ListGroupsResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list::list(&self.core, call.caller, message).await)
    }

    async fn list_custom_fields(
        &self,
        request: Request<ListCustomFieldsRequest>,
    ) -> Result<Response<ListCustomFieldsResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list_custom_fields::list_custom_fields(&self.core, call.caller, message).await)
    }
}
