//! Calls that come from the same process, as they are.

use http::{Extensions, HeaderMap};
use prost::Message;
use tonic::{Request, Response, Status};

use super::Edge;
use super::incoming::{Incoming, Outgoing};
use crate::routes::{ANSWER_LIMIT, REQUEST_LIMIT};

impl proto::Edge for Edge {
    async fn pass<Q, A, W>(
        &self,
        path: &'static str,
        request: Request<Q>,
        service: impl FnOnce(Request<Q>) -> W + Send + 'static,
    ) -> Result<Response<A>, Status>
    where
        Q: Message + 'static,
        A: Message + 'static,
        W: Future<Output = Result<Response<A>, Status>> + Send + 'static,
    {
        // tonic sees to that only where messages are read and written.
        let within_limits = async move |request: Request<Q>| {
            within(request.get_ref(), REQUEST_LIMIT)?;
            let answer = service(request).await?;
            within(answer.get_ref(), ANSWER_LIMIT)?;
            // Every future on the way has room for it, and some have twice.
            Ok(answer.map(Box::new))
        };
        let answer: Result<Response<Box<A>>, Status> =
            self.enter(self.methods.at(path), request, within_limits).await;
        Ok(answer?.map(|message| *message))
    }
}

fn within(message: &impl Message, limit: usize) -> Result<(), Status> {
    let length = message.encoded_len();
    if length > limit {
        let text = format!("the message has {length} bytes, and at most {limit} are allowed");
        return Err(Status::out_of_range(text));
    }
    Ok(())
}

impl<M: Send + 'static> Incoming for Request<M> {
    fn headers(&self) -> &HeaderMap {
        self.metadata().as_ref()
    }

    fn extensions_mut(&mut self) -> &mut Extensions {
        self.extensions_mut()
    }

    async fn received(self) -> Self {
        self
    }
}

impl<A: Send + 'static> Outgoing for Result<Response<A>, Status> {
    fn failed(status: Status) -> Self {
        Err(status)
    }

    fn failure(&self) -> Option<Status> {
        self.as_ref().err().cloned()
    }

    fn restate(&mut self, status: Status) {
        let metadata = std::mem::take(self.headers_mut());
        *self = Err(status);
        *self.headers_mut() = metadata;
    }

    fn headers_mut(&mut self) -> &mut HeaderMap {
        match self {
            Ok(answer) => answer.metadata_mut().as_mut(),
            Err(status) => status.metadata_mut().as_mut(),
        }
    }
}

#[cfg(test)]
mod tests {
    use tonic::Code;

    use super::*;

    #[test]
    fn a_message_may_be_as_large_as_the_limit() {
        let message = "ten bytes and some".to_owned();
        let length = message.encoded_len();
        assert!(within(&message, length).is_ok());
        assert_eq!(within(&message, length - 1).unwrap_err().code(), Code::OutOfRange);
    }

    #[test]
    fn a_failure_that_is_said_anew_keeps_what_came_beside_it() {
        let mut answer: Result<Response<()>, Status> = Err(Status::out_of_range("large"));
        answer.headers_mut().insert("x-ratelimit-limit", 600.into());
        answer.restate(Status::with_details(Code::OutOfRange, "large", vec![1].into()));
        assert_eq!(answer.headers_mut()["x-ratelimit-limit"], "600");
        assert_eq!(answer.failure().unwrap().details(), [1]);
    }
}
