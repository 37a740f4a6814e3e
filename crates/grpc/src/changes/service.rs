//! The calls about changes: a table of contents.

use proto::v1::changes_service_server::ChangesService;
use proto::v1::{ListChangesRequest, ListChangesResponse};
use tonic::{Request, Response, Status, async_trait};

use super::list;
use crate::Core;
use crate::call::Call;

/// `people.v1.ChangesService`.
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
impl ChangesService for Service {
    async fn list_changes(
        &self,
        request: Request<ListChangesRequest>,
    ) -> Result<Response<ListChangesResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list::list(&self.core, call.caller, message).await)
    }
}
