//! What a handler knows of its call beside the message.

use prost::Message;
use proto::handover::{InProcess, hand_over};
use tonic::{Extensions, Request, Response, Status};
use uuid::Uuid;

use crate::edge::{Caller, RequestId};
use crate::routes::ANSWER_LIMIT;
use crate::status::{Failure, ViolationLimit};

/// One call that has passed the edge.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// Who makes it.
    pub(crate) caller: Caller,
    request_id: Uuid,
    violation_limit: ViolationLimit,
    in_process: bool,
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
            in_process: extensions.get::<InProcess>().is_some(),
        })
    }

    /// The answer to the call: a message, or a failure as this caller wants to see it.
    pub(crate) fn finish<T>(&self, result: Result<Response<T>, Failure>) -> Result<Response<T>, Status>
    where
        T: Message + Default + 'static,
    {
        let answer = result.map_err(|failure| self.fail(failure))?;
        if !self.in_process {
            return Ok(answer);
        }
        // tonic sees to that only where a message is written.
        let length = answer.get_ref().encoded_len();
        if length > ANSWER_LIMIT {
            let text = format!("the answer has {length} bytes, and at most {ANSWER_LIMIT} are allowed");
            return Err(Status::out_of_range(text));
        }
        Ok(hand_over(answer))
    }

    /// The failure of the call as this caller wants to see it.
    pub(crate) fn fail(&self, failure: Failure) -> Status {
        failure.into_status(Some(self.request_id), self.violation_limit)
    }
}
