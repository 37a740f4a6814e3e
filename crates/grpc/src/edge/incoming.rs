//! What the edge knows of a call and its answer, over whatever they come and go.

use http::{Extensions, HeaderMap};
use tonic::Status;

/// A call as it comes.
pub(super) trait Incoming: Send + 'static {
    /// What its caller says beside the message.
    fn headers(&self) -> &HeaderMap;

    /// What its service is told beside the message.
    fn extensions_mut(&mut self) -> &mut Extensions;

    /// The call when all of it is here.
    fn received(self) -> impl Future<Output = Self> + Send;
}

/// An answer as it goes.
pub(super) trait Outgoing: Send + 'static {
    /// The answer to a call that fails.
    fn failed(status: Status) -> Self;

    /// The status if it tells of a failure.
    fn failure(&self) -> Option<Status>;

    /// Tells of the failure in these words, and keeps all else.
    fn restate(&mut self, status: Status);

    /// What its caller is told beside the message.
    fn headers_mut(&mut self) -> &mut HeaderMap;
}
