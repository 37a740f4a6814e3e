//! The calls about users.

use domain::Scope;
use proto::v1::users_service_server::UsersService;
use proto::v1::{GetUserRequest, User};
use tonic::{Request, Response, Status, async_trait};

use crate::Core;
use crate::call::Call;
use crate::status::Failure;

/// `people.v1.UsersService`.
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
impl UsersService for Service {
    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<User>, Status> {
        let (call, _message) = Call::begin(request)?;
        let _core = &self.core;
        call.finish(
            call.caller
                .require(Scope::Read)
                .and(Err(Failure::NotFound("no users yet".to_owned()))),
        )
    }
}
