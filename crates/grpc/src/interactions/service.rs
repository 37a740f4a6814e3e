//! The calls about interactions: a table of contents.

use proto::v1::interactions_service_server::InteractionsService;
use proto::v1::{Interaction, LogInteractionRequest};
use tonic::{Request, Response, Status, async_trait};

use super::log;
use crate::Core;
use crate::call::Call;

/// `people.v1.InteractionsService`.
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
impl InteractionsService for Service {
    async fn log_interaction(
        &self,
        request: Request<LogInteractionRequest>,
    ) -> Result<Response<Interaction>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(log::log(&self.core, call.caller, message).await)
    }
}
