//! A core that knows one key, remembers what it was asked and answers what it was told.

use std::sync::{Arc, Mutex};

use proto::v1::people_service_server::{PeopleService, PeopleServiceServer};
use proto::v1::users_service_server::{UsersService, UsersServiceServer};
use proto::v1::{
    BatchCreatePeopleRequest, BatchCreatePeopleResponse, BatchGetPeopleRequest, BatchGetPeopleResponse,
    CreatePersonRequest, DeletePersonRequest, GetPersonRequest, GetUserRequest, ListPeopleRequest,
    ListPeopleResponse, ListUsersRequest, ListUsersResponse, Person, UpdatePersonRequest, User,
};
use rest::{Core, CoreChannel};
use tonic::body::Body;
use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::service::Routes;
use tonic::{Code, Request, Response, Status, async_trait};
use tower::{BoxError, ServiceExt as _};

/// The key that is good.
pub(crate) const AUTHORIZATION: &str = "Bearer good";

/// What the core was asked.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    Create {
        person: Box<Person>,
        validate_only: bool,
    },
    Get(String),
    User(String),
}

/// A core under a test's control.
#[derive(Debug, Clone, Default)]
pub(crate) struct FakeCore {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    asked: Vec<Asked>,
    metadata: MetadataMap,
    failure: Option<Status>,
    person: Person,
    deprecations: Vec<String>,
    silent: bool,
    panics: bool,
}

impl FakeCore {
    /// People calls fail like this.
    pub(crate) fn failing(self, status: Status) -> Self {
        self.state.lock().unwrap().failure = Some(status);
        self
    }

    /// People calls answer this person.
    pub(crate) fn answering(self, person: Person) -> Self {
        self.state.lock().unwrap().person = person;
        self
    }

    /// Answers come with this remark.
    pub(crate) fn deprecating(self, remark: &str) -> Self {
        self.state.lock().unwrap().deprecations.push(remark.to_owned());
        self
    }

    /// Calls never end.
    pub(crate) fn silent(self) -> Self {
        self.state.lock().unwrap().silent = true;
        self
    }

    /// The channel to the core panics.
    pub(crate) fn panicking(self) -> Self {
        self.state.lock().unwrap().panics = true;
        self
    }

    /// What the core was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state.lock().unwrap().asked.clone()
    }

    /// The metadata of the last call.
    pub(crate) fn metadata(&self) -> MetadataMap {
        self.state.lock().unwrap().metadata.clone()
    }

    /// The way to this core.
    pub(crate) fn connect(&self) -> Core {
        let routes = Routes::new(PeopleServiceServer::new(self.clone()))
            .add_service(UsersServiceServer::new(self.clone()));
        let state = Arc::clone(&self.state);
        let channel = routes.map_request(move |request: http::Request<Body>| {
            assert!(!state.lock().unwrap().panics, "as the test wants it");
            request
        });
        Core::new(CoreChannel::new(channel.map_err(BoxError::from)))
    }

    async fn enter(&self, metadata: &MetadataMap, asked: Asked) -> Result<(), Status> {
        let silent = {
            let mut state = self.state.lock().unwrap();
            state.asked.push(asked);
            state.metadata = metadata.clone();
            state.silent
        };
        if silent {
            std::future::pending::<()>().await;
        }
        match metadata.get("authorization").map(|key| key.as_bytes()) {
            Some(key) if key == AUTHORIZATION.as_bytes() => Ok(()),
            _ => Err(Status::unauthenticated("a valid API key is needed")),
        }
    }

    fn answer<T>(&self, message: T) -> Result<Response<T>, Status> {
        let state = self.state.lock().unwrap();
        let mut answer = Response::new(message);
        rate_limit(answer.metadata_mut());
        for remark in &state.deprecations {
            answer
                .metadata_mut()
                .append_bin("deprecation-bin", MetadataValue::from_bytes(remark.as_bytes()));
        }
        Ok(answer)
    }

    fn person(&self) -> Result<Response<Person>, Status> {
        let (failure, person) = {
            let state = self.state.lock().unwrap();
            (state.failure.clone(), state.person.clone())
        };
        match failure {
            Some(mut status) => {
                rate_limit(status.metadata_mut());
                Err(status)
            }
            None => self.answer(person),
        }
    }
}

fn rate_limit(metadata: &mut MetadataMap) {
    metadata.insert("x-ratelimit-limit", MetadataValue::from_static("600"));
    metadata.insert("x-ratelimit-remaining", MetadataValue::from_static("599"));
    metadata.insert("x-ratelimit-reset", MetadataValue::from_static("1759320000"));
}

#[async_trait]
impl PeopleService for FakeCore {
    async fn create_person(&self, request: Request<CreatePersonRequest>) -> Result<Response<Person>, Status> {
        let (metadata, _, message) = request.into_parts();
        let CreatePersonRequest {
            person,
            validate_only,
            request_id: _,
        } = message;
        let person = Box::new(person.unwrap_or_default());
        self.enter(
            &metadata,
            Asked::Create {
                person,
                validate_only,
            },
        )
        .await?;
        self.person()
    }

    async fn get_person(&self, request: Request<GetPersonRequest>) -> Result<Response<Person>, Status> {
        let (metadata, _, message) = request.into_parts();
        self.enter(&metadata, Asked::Get(message.id)).await?;
        self.person()
    }

    async fn update_person(&self, _: Request<UpdatePersonRequest>) -> Result<Response<Person>, Status> {
        Err(Status::unimplemented("not faked"))
    }

    async fn delete_person(&self, _: Request<DeletePersonRequest>) -> Result<Response<()>, Status> {
        Err(Status::unimplemented("not faked"))
    }

    async fn list_people(
        &self,
        _: Request<ListPeopleRequest>,
    ) -> Result<Response<ListPeopleResponse>, Status> {
        Err(Status::unimplemented("not faked"))
    }

    async fn batch_create_people(
        &self,
        _: Request<BatchCreatePeopleRequest>,
    ) -> Result<Response<BatchCreatePeopleResponse>, Status> {
        Err(Status::unimplemented("not faked"))
    }

    async fn batch_get_people(
        &self,
        _: Request<BatchGetPeopleRequest>,
    ) -> Result<Response<BatchGetPeopleResponse>, Status> {
        Err(Status::unimplemented("not faked"))
    }
}

#[async_trait]
impl UsersService for FakeCore {
    async fn list_users(&self, _: Request<ListUsersRequest>) -> Result<Response<ListUsersResponse>, Status> {
        Err(Status::unimplemented("not faked"))
    }

    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<User>, Status> {
        let (metadata, _, message) = request.into_parts();
        self.enter(&metadata, Asked::User(message.id.clone())).await?;
        self.answer(User {
            id: message.id,
            full_name: "John Doe".to_owned(),
            email: "john@example.com".to_owned(),
        })
    }
}

/// A failure as the core sends it: with its reason and violations.
pub(crate) fn failure(
    code: Code,
    reason: &str,
    metadata: &[(&str, &str)],
    violations: Vec<proto::v1::Violation>,
) -> Status {
    use prost::Message as _;
    let any = |name: &str, value: Vec<u8>| prost_types::Any {
        type_url: format!("type.googleapis.com/{name}"),
        value,
    };
    let info = tonic_types::pb::ErrorInfo {
        reason: reason.to_owned(),
        domain: "people.v1".to_owned(),
        metadata: metadata
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
    };
    let mut details = vec![any("google.rpc.ErrorInfo", info.encode_to_vec())];
    details.extend(
        violations
            .iter()
            .map(|one| any("people.v1.Violation", one.encode_to_vec())),
    );
    let status = tonic_types::pb::Status {
        code: code as i32,
        message: "it failed".to_owned(),
        details,
    };
    Status::with_details(code, "it failed", status.encode_to_vec().into())
}
