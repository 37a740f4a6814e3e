//! The calls of administration: a table of contents.

use proto::v1::admin_service_server::AdminService;
use proto::v1::{
    ApiKey, CreateApiKeyRequest, CreateCustomFieldRequest, CreateGroupRequest, CreateUserRequest,
    CustomField, DeactivateUserRequest, DeleteCustomFieldRequest, DeleteGroupRequest, Group,
    ListApiKeysRequest, ListApiKeysResponse, RevokeApiKeyRequest, UpdateCustomFieldRequest,
    UpdateGroupRequest, User,
};
use tonic::{Request, Response, Status, async_trait};

use super::{Administrator, api_keys, custom_fields, groups, users};
use crate::Core;
use crate::call::Call;

/// Takes a call apart and sees whether its caller may administer.
fn begin<Message>(core: &Core, request: Request<Message>) -> Result<(Call, Administrator, Message), Status> {
    let (call, message) = Call::begin(request)?;
    match Administrator::by_key(core, call.caller) {
        Ok(administrator) => Ok((call, administrator, message)),
        Err(failure) => Err(call.fail(failure)),
    }
}

#[async_trait]
impl AdminService for Core {
    async fn create_group(&self, request: Request<CreateGroupRequest>) -> Result<Response<Group>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(groups::create(&administrator, message).await.map(Response::new))
    }

    async fn update_group(&self, request: Request<UpdateGroupRequest>) -> Result<Response<Group>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(groups::update(&administrator, message).await.map(Response::new))
    }

    async fn delete_group(&self, request: Request<DeleteGroupRequest>) -> Result<Response<()>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(groups::delete(&administrator, message).await.map(Response::new))
    }

    async fn create_custom_field(
        &self,
        request: Request<CreateCustomFieldRequest>,
    ) -> Result<Response<CustomField>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(
            custom_fields::create(&administrator, message)
                .await
                .map(Response::new),
        )
    }

    async fn update_custom_field(
        &self,
        request: Request<UpdateCustomFieldRequest>,
    ) -> Result<Response<CustomField>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(
            custom_fields::update(&administrator, message)
                .await
                .map(Response::new),
        )
    }

    async fn delete_custom_field(
        &self,
        request: Request<DeleteCustomFieldRequest>,
    ) -> Result<Response<()>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(
            custom_fields::delete(&administrator, message)
                .await
                .map(Response::new),
        )
    }

    async fn create_user(&self, request: Request<CreateUserRequest>) -> Result<Response<User>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(users::create(&administrator, message).await.map(Response::new))
    }

    async fn deactivate_user(
        &self,
        request: Request<DeactivateUserRequest>,
    ) -> Result<Response<User>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(
            users::deactivate(&administrator, message)
                .await
                .map(Response::new),
        )
    }

    async fn create_api_key(
        &self,
        request: Request<CreateApiKeyRequest>,
    ) -> Result<Response<ApiKey>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(api_keys::create(&administrator, message).await.map(Response::new))
    }

    async fn list_api_keys(
        &self,
        request: Request<ListApiKeysRequest>,
    ) -> Result<Response<ListApiKeysResponse>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(api_keys::list(&administrator, message).await.map(Response::new))
    }

    async fn revoke_api_key(
        &self,
        request: Request<RevokeApiKeyRequest>,
    ) -> Result<Response<ApiKey>, Status> {
        let (call, administrator, message) = begin(self, request)?;
        call.finish(api_keys::revoke(&administrator, message).await.map(Response::new))
    }
}
