//! One request of the API on its way to the core.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use proto::v1::GetUserRequest;
use tonic::metadata::MetadataMap;
use tonic::{Code, Status};

use crate::Core;
use crate::answer::Remarks;
use crate::edge::{REQUEST_ID, RequestContext};
use crate::error::{Error, Places, Translate, issues_of};
use crate::json::ShapeIssues;
use crate::version::ApiVersion;

/// How much longer than the core the facade waits: the core's own answer is the better one.
const GRACE: Duration = Duration::from_millis(500);

/// The core reports as many violations as this header says; without it, what gRPC trailers hold.
const VIOLATION_LIMIT_HEADER: HeaderName = HeaderName::from_static("x-violation-limit");
const VIOLATION_LIMIT: &str = "10000";

/// How many headers a call has, those of gRPC itself among them; with more it is only slower.
const METADATA: usize = 12;

/// Why a request does not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The core says so, so the key has been looked at.
    Core(Error),
    /// The facade says so. The key comes first: it is yet to be looked at.
    Own(Error),
}

/// One request of the API: who asks, and the way to the core.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    context: RequestContext,
    keys: Vec<HeaderValue>,
    version: ApiVersion,
}

impl Call {
    /// Takes what the core needs to know from the headers of the request.
    pub(crate) fn new(context: RequestContext, headers: &HeaderMap, version: ApiVersion) -> Self {
        let keys = headers.get_all(header::AUTHORIZATION);
        Self {
            context,
            keys: keys.iter().cloned().collect(),
            version,
        }
    }

    pub(crate) fn context(&self) -> &RequestContext {
        &self.context
    }

    pub(crate) fn core(&self) -> &Core {
        &self.context.app.core
    }

    pub(crate) fn version(&self) -> ApiVersion {
        self.version
    }

    /// A request to the core with the caller's key, the request's id and a deadline.
    pub(crate) fn request<T>(&self, message: T) -> tonic::Request<T> {
        let mut metadata = HeaderMap::with_capacity(METADATA);
        for key in &self.keys {
            metadata.append(header::AUTHORIZATION, key.clone());
        }
        metadata.insert(REQUEST_ID, self.context.id.to_header());
        metadata.insert(VIOLATION_LIMIT_HEADER, HeaderValue::from_static(VIOLATION_LIMIT));
        let metadata = MetadataMap::from_headers(metadata);
        let mut request = tonic::Request::from_parts(metadata, tonic::Extensions::default(), message);
        request.set_timeout(self.context.settings().timeout);
        request
    }

    /// Waits for the core, and not much longer than it was given.
    pub(crate) async fn wait<T>(
        &self,
        answer: impl Future<Output = Result<tonic::Response<T>, Status>>,
    ) -> Result<(T, Remarks), Status> {
        let answer = tokio::time::timeout(self.context.settings().timeout + GRACE, answer)
            .await
            .unwrap_or_else(|_| Err(Status::deadline_exceeded("the core does not answer")))?;
        let (metadata, message, _) = answer.into_parts();
        Ok((message, Remarks::of(&metadata)))
    }

    /// Waits for the core's answer to a request in which these are the problems of shape. With any, the core was asked
    /// to store nothing: it looks at the key, counts the request and judges what could be read.
    pub(crate) async fn submit<T>(
        &self,
        answer: impl Future<Output = Result<tonic::Response<T>, Status>>,
        places: &dyn Translate,
        issues: ShapeIssues,
    ) -> Result<(T, Remarks), Failure> {
        // Boxed: whatever awaits a future as its argument has room for it twice.
        let (core, rate_limit) = match self.wait(Box::pin(answer)).await {
            Ok(success) if issues.is_empty() => return Ok(success),
            Ok((_, remarks)) => (Vec::new(), remarks.rate_limit),
            Err(status) => match issues_of(&status, places) {
                Some(found) => found,
                None => return Err(Failure::Core(Error::from_status(&status, places))),
            },
        };
        let error = Error::unprocessable(issues.with_core_issues(core));
        Err(Failure::Core(error.with_headers(rate_limit)))
    }

    /// Whether the core accepts the key, and what else it says; a key that may not read users is a good key too.
    pub(crate) async fn check_key(&self) -> Result<Remarks, Error> {
        let users = self.core().users();
        let me = users.get_user(self.request(GetUserRequest { id: "me".to_owned() }));
        // Boxed: every request has room for it, and hardly any comes here.
        match self.wait(Box::pin(me)).await {
            Ok((_, remarks)) => Ok(remarks),
            Err(status) if status.code() == Code::PermissionDenied => Ok(Remarks::of(status.metadata())),
            Err(status) => Err(Error::from_status(&status, &Places(&[]))),
        }
    }

    /// The answer to the caller.
    pub(crate) async fn answer(&self, result: Result<Response, Failure>) -> Response {
        let error = match result {
            Ok(response) => return response,
            Err(Failure::Core(error)) => error,
            Err(Failure::Own(error)) => match self.check_key().await {
                Ok(remarks) => error.with_headers(remarks.rate_limit),
                Err(error) => error,
            },
        };
        error.into_response(&self.context)
    }
}
