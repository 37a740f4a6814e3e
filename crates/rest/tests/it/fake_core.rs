//! A core that knows one key, remembers what it was asked and answers what it was told.

use std::any::{Any, TypeId};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use proto::v1::violation::{Segment, segment::Kind};
use proto::v1::{Person, Violation};
use rest::Core;
use tonic::body::Body;
use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::{Code, Request, Response, Status};
use tower::ServiceExt as _;

use crate::fake_services::routes;

/// The key that is good.
pub(crate) const AUTHORIZATION: &str = "Bearer good";

/// A core under a test's control.
#[derive(Debug, Clone, Default)]
pub(crate) struct FakeCore {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    asked: Vec<Arc<dyn Any + Send + Sync>>,
    answers: HashMap<TypeId, VecDeque<Box<dyn Any + Send>>>,
    metadata: MetadataMap,
    failure: Option<Status>,
    deprecations: Vec<String>,
    silent: bool,
    panics: bool,
}

impl FakeCore {
    /// Calls fail like this, except for those that look at the key.
    pub(crate) fn failing(self, status: Status) -> Self {
        self.state.lock().unwrap().failure = Some(status);
        self
    }

    /// Calls that answer with such a message answer this one. Several are given in turn, the last again and again.
    pub(crate) fn answering<A: Any + Send>(self, answer: A) -> Self {
        let mut state = self.state.lock().unwrap();
        let answers = state.answers.entry(TypeId::of::<A>()).or_default();
        answers.push_back(Box::new(answer));
        drop(state);
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

    /// How often the core was asked anything.
    pub(crate) fn calls(&self) -> usize {
        self.state.lock().unwrap().asked.len()
    }

    /// The requests of this kind, in their order.
    pub(crate) fn asked<Q: Any + Clone>(&self) -> Vec<Q> {
        let state = self.state.lock().unwrap();
        state
            .asked
            .iter()
            .filter_map(|one| one.downcast_ref::<Q>().cloned())
            .collect()
    }

    /// The only request that there was.
    pub(crate) fn asked_once<Q: Any + Clone>(&self) -> Q {
        let mut asked = self.asked::<Q>();
        assert_eq!((self.calls(), asked.len()), (1, 1));
        asked.remove(0)
    }

    /// The metadata of the last call.
    pub(crate) fn metadata(&self) -> MetadataMap {
        self.state.lock().unwrap().metadata.clone()
    }

    /// The way to this core.
    pub(crate) fn connect(&self) -> Core {
        let state = Arc::clone(&self.state);
        let channel = routes(self).map_request(move |request: http::Request<Body>| {
            assert!(!state.lock().unwrap().panics, "as the test wants it");
            request
        });
        Core::remote(proto::Channel::new(channel.map_err(|never| match never {})))
    }

    /// One call, as every one is.
    pub(crate) async fn call<Q: Any + Send + Sync, A: Any + Clone + Default>(
        &self,
        request: Request<Q>,
    ) -> Result<Response<A>, Status> {
        self.enter(request).await?;
        let failure = self.state.lock().unwrap().failure.clone();
        match failure {
            Some(mut status) => {
                rate_limit(status.metadata_mut());
                Err(status)
            }
            None => self.answer(self.told().unwrap_or_default()),
        }
    }

    /// Remembers the request and looks at its key.
    pub(crate) async fn enter<Q: Any + Send + Sync>(&self, request: Request<Q>) -> Result<(), Status> {
        let (metadata, _, message) = request.into_parts();
        let silent = {
            let mut state = self.state.lock().unwrap();
            state.asked.push(Arc::new(message));
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

    fn told<A: Any + Clone>(&self) -> Option<A> {
        let mut state = self.state.lock().unwrap();
        let answers = state.answers.get_mut(&TypeId::of::<A>())?;
        let answer = answers.front()?.downcast_ref::<A>()?.clone();
        if answers.len() > 1 {
            answers.pop_front();
        }
        Some(answer)
    }

    /// An answer with what comes beside each.
    pub(crate) fn answer<A>(&self, message: A) -> Result<Response<A>, Status> {
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
}

/// A person of which only this is known.
pub(crate) fn person(id: &str) -> Person {
    Person {
        id: id.to_owned(),
        etag: "e1".to_owned(),
        ..Person::default()
    }
}

fn rate_limit(metadata: &mut MetadataMap) {
    metadata.insert("x-ratelimit-limit", MetadataValue::from_static("600"));
    metadata.insert("x-ratelimit-remaining", MetadataValue::from_static("599"));
    metadata.insert("x-ratelimit-reset", MetadataValue::from_static("1759320000"));
}

/// A failure as the core sends it: with its reason and violations.
pub(crate) fn failure(
    code: Code,
    reason: &str,
    metadata: &[(&str, &str)],
    violations: Vec<Violation>,
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

/// A violation at this path: field names and, as numbers, places in lists.
pub(crate) fn violation(path: &str) -> Violation {
    let segments = path.split('.').map(|step| Segment {
        kind: Some(match step.parse() {
            Ok(index) => Kind::Index(index),
            Err(_) => Kind::Field(step.to_owned()),
        }),
    });
    Violation {
        path: segments.collect(),
        message: "wrong".to_owned(),
        problem: None,
    }
}

/// The core's refusal with violations at these paths.
pub(crate) fn refusal(paths: &[&str]) -> Status {
    let violations = paths.iter().map(|path| violation(path)).collect();
    failure(Code::InvalidArgument, "INVALID", &[], violations)
}
