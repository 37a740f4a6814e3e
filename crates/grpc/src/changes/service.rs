//! The calls about changes: a table of contents.

use proto::v1::changes_service_server::ChangesService;
use proto::v1::{ListChangesRequest, ListChangesResponse};
use tonic::{Request, Response, Status, async_trait};

use super::list;
use crate::Core;
use crate::call::Call;

#[async_trait]
impl ChangesService for Core {
    async fn list_changes(
        &self,
        request: Request<ListChangesRequest>,
    ) -> Result<Response<ListChangesResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list::list(self, call.caller, message).await)
    }
}
