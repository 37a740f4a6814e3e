//! Services in the process of who calls them. To write a call as HTTP only to read it again costs more than all else that a
//! facade does, so messages go from one to the other as they are; what a call has to pass is the same.

use prost::Message;
use tonic::{Request, Response, Status};

/// What every call passes before its service.
pub trait Edge: Send + Sync + 'static {
    /// Lets a call of the method with this path (`/people.v1.PeopleService/GetPerson`) through to its service, or refuses
    /// it.
    fn pass<Q, A, W>(
        &self,
        path: &'static str,
        request: Request<Q>,
        service: impl FnOnce(Request<Q>) -> W + Send + 'static,
    ) -> impl Future<Output = Result<Response<A>, Status>> + Send
    where
        Q: Message + 'static,
        A: Message + 'static,
        W: Future<Output = Result<Response<A>, Status>> + Send + 'static;
}

/// Every service of the API that `S` is, behind an edge.
#[derive(Debug, Clone)]
pub struct InProcess<E, S> {
    pub(crate) edge: E,
    pub(crate) services: S,
}

impl<E, S> InProcess<E, S> {
    /// These services behind this edge.
    pub const fn new(edge: E, services: S) -> Self {
        Self { edge, services }
    }
}
