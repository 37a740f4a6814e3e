//! The calls about users: a table of contents.

use proto::v1::users_service_server::UsersService;
use proto::v1::{GetUserRequest, ListUsersRequest, ListUsersResponse, User};
use tonic::{Request, Response, Status, async_trait};

use super::{get, list};
use crate::Core;
use crate::call::Call;

#[async_trait]
impl UsersService for Core {
    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<User>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(get::get(self, call.caller, message).await)
    }

    async fn list_users(
        &self,
        request: Request<ListUsersRequest>,
    ) -> Result<Response<ListUsersResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list::list(self, call.caller, message).await)
    }
}
