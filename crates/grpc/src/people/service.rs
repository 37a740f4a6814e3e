//! The calls about people: a table of contents.

use proto::v1::people_service_server::PeopleService;
use proto::v1::{CreatePersonRequest, GetPersonRequest, Person};
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
}
