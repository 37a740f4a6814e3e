//! What a handler knows of its call beside the message.

use tonic::{Request, Response, Status};

use crate::edge::{Caller, RequestId};
use crate::status::{Failure, ViolationLimit};

/// What the edge says of a call that it lets through.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passed {
    pub(crate) caller: Caller,
    pub(crate) request_id: RequestId,
}

/// One call that has passed the edge.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// Who makes it.
    pub(crate) caller: Caller,
    request_id: RequestId,
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
        let Some(&Passed { caller, request_id }) = extensions.get() else {
            return Err(Failure::Internal.into_status(None, violation_limit));
        };
        let call = Self {
            caller,
            request_id,
            violation_limit,
        };
        Ok((call, message))
    }

    /// The answer to the call: a message, or a failure as this caller wants to see it.
    pub(crate) fn finish<T>(&self, result: Result<Response<T>, Failure>) -> Result<Response<T>, Status> {
        result.map_err(|failure| self.fail(failure))
    }

    /// The failure of the call as this caller wants to see it.
    pub(crate) fn fail(&self, failure: Failure) -> Status {
        failure.into_status(Some(self.request_id.0), self.violation_limit)
    }
}
