//! What a handler knows of its call beside the message.

use tonic::{Extensions, Request, Response, Status};
use uuid::Uuid;

use crate::edge::{Caller, RequestId};
use crate::status::{Failure, ViolationLimit};

/// One call that has passed the edge.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// Who makes it.
    pub(crate) caller: Caller,
    request_id: Uuid,
    violation_limit: ViolationLimit,
}

impl Call {
    /// Takes a request apart.
    ///
    /// # Errors
    /// INTERNAL when the request has not passed the edge: a mistake in how the service is put together.
    pub(crate) fn begin<T>(request: Request<T>) -> Result<(Self, T), Status> {
        let (metadata, extensions, message) = request.into_parts();
        let violation_limit = ViolationLimit::of(metadata.as_ref());
        let request_id = extensions.get::<RequestId>().map(|id| id.0);
        match Self::assemble(&extensions, request_id, violation_limit) {
            Some(call) => Ok((call, message)),
            None => Err(Failure::Internal.into_status(request_id, violation_limit)),
        }
    }

    fn assemble(
        extensions: &Extensions,
        request_id: Option<Uuid>,
        violation_limit: ViolationLimit,
    ) -> Option<Self> {
        Some(Self {
            caller: *extensions.get()?,
            request_id: request_id?,
            violation_limit,
        })
    }

    /// The answer to the call: a message, or a failure as this caller wants to see it.
    pub(crate) fn finish<T>(&self, result: Result<Response<T>, Failure>) -> Result<Response<T>, Status> {
        result.map_err(|failure| self.fail(failure))
    }

    /// The failure of the call as this caller wants to see it.
    pub(crate) fn fail(&self, failure: Failure) -> Status {
        failure.into_status(Some(self.request_id), self.violation_limit)
    }
}
