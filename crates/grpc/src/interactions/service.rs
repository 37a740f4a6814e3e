//! The calls about interactions: a table of contents.

use proto::v1::interactions_service_server::InteractionsService;
use proto::v1::{Interaction, LogInteractionRequest};
use tonic::{Request, Response, Status, async_trait};

use super::log;
use crate::Core;
use crate::call::Call;

#[async_trait]
impl InteractionsService for Core {
    async fn log_interaction(
        &self,
        request: Request<LogInteractionRequest>,
    ) -> Result<Response<Interaction>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(log::log(self, call.caller, message).await)
    }
}
