//! The calls about people: a table of contents.

use proto::v1::people_service_server::PeopleService;
use proto::v1::{
    BatchCreatePeopleRequest, BatchCreatePeopleResponse, BatchGetPeopleRequest, BatchGetPeopleResponse,
    CreatePersonRequest, DeletePersonRequest, GetPersonRequest, ListPeopleRequest, ListPeopleResponse,
    Person, UpdatePersonRequest,
};
use tonic::{Request, Response, Status, async_trait};

use super::{batch_create, batch_get, create, delete, get, list, update};
use crate::Core;
use crate::call::Call;

#[async_trait]
impl PeopleService for Core {
    async fn create_person(&self, request: Request<CreatePersonRequest>) -> Result<Response<Person>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(create::create(self, call.caller, message).await)
    }

    async fn get_person(&self, request: Request<GetPersonRequest>) -> Result<Response<Person>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(get::get(self, call.caller, message).await)
    }

    async fn update_person(&self, request: Request<UpdatePersonRequest>) -> Result<Response<Person>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(update::update(self, call.caller, message).await)
    }

    async fn delete_person(&self, request: Request<DeletePersonRequest>) -> Result<Response<()>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(delete::delete(self, call.caller, message).await)
    }

    async fn list_people(
        &self,
        request: Request<ListPeopleRequest>,
    ) -> Result<Response<ListPeopleResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(list::list(self, call.caller, message).await)
    }

    async fn batch_create_people(
        &self,
        request: Request<BatchCreatePeopleRequest>,
    ) -> Result<Response<BatchCreatePeopleResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(batch_create::batch_create(self, call.caller, message).await)
    }

    async fn batch_get_people(
        &self,
        request: Request<BatchGetPeopleRequest>,
    ) -> Result<Response<BatchGetPeopleResponse>, Status> {
        let (call, message) = Call::begin(request)?;
        call.finish(batch_get::batch_get(self, call.caller, message).await)
    }
}
