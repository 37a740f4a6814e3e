//! The calls about people: a table of contents.

use proto::v1::people_service_server::PeopleService;
use proto::v1::{
    BatchCreatePeopleRequest, BatchCreatePeopleResponse, BatchGetPeopleRequest, BatchGetPeopleResponse,
    CreatePersonRequest, DeletePersonRequest, GetPersonRequest, ListPeopleRequest, ListPeopleResponse,
    Person, UpdatePersonRequest,
};
use tonic::{Request, Response, Status, async_trait};

use super::{create, get};
use crate::Core;
use crate::call::Call;

/// `people.v1.PeopleService`.
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
impl PeopleService for Service {
    async fn create_person(&self, request: Request<CreatePersonRequest>) -> Result<Response<Person>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(create::create(&self.core, call.caller, message).await)
    }

    async fn get_person(&self, request: Request<GetPersonRequest>) -> Result<Response<Person>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(get::get(&self.core, call.caller, message).await)
    }

    async fn update_person(&self, _: Request<UpdatePersonRequest>) -> Result<Response<Person>, Status> {
        Err(Status::unimplemented("not built yet"))
    }

    async fn delete_person(&self, _: Request<DeletePersonRequest>) -> Result<Response<()>, Status> {
        Err(Status::unimplemented("not built yet"))
    }

    async fn list_people(
        &self,
        _: Request<ListPeopleRequest>,
    ) -> Result<Response<ListPeopleResponse>, Status> {
        Err(Status::unimplemented("not built yet"))
    }

    async fn batch_create_people(
        &self,
        _: Request<BatchCreatePeopleRequest>,
    ) -> Result<Response<BatchCreatePeopleResponse>, Status> {
        Err(Status::unimplemented("not built yet"))
    }

    async fn batch_get_people(
        &self,
        _: Request<BatchGetPeopleRequest>,
    ) -> Result<Response<BatchGetPeopleResponse>, Status> {
        Err(Status::unimplemented("not built yet"))
    }
}
