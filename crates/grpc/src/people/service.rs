//! The calls about people: each in a file of its own.

use domain::Scope;
use proto::v1::people_service_server::PeopleService;
use proto::v1::{CreatePersonRequest, GetPersonRequest, Person};
use tonic::{Request, Response, Status, async_trait};

use crate::Core;
use crate::call::Call;
use crate::status::Failure;

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
        let (call, _message) = Call::begin(request)?;
        let _core = &self.core;
        call.finish(
            call.caller
                .require(Scope::Write)
                .and(Err(Failure::NotFound("no people yet".to_owned()))),
        )
    }

    async fn get_person(&self, request: Request<GetPersonRequest>) -> Result<Response<Person>, Status> {
        let (call, _message) = Call::begin(request)?;
        call.finish(
            call.caller
                .require(Scope::Read)
                .and(Err(Failure::NotFound("no people yet".to_owned()))),
        )
    }
}
