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
            Ok(answer)
        };
        self.enter(self.methods.at(path), request, within_limits).await
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
