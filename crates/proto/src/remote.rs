//! Services that are reached over a connection.

use tonic::Status;
use tonic::body::Body;
use tower::util::BoxCloneSyncService;

/// Whatever takes calls as HTTP. Its failures are a status: a boxed error makes the compiler lose track of its lifetime in
/// handlers ("implementation of `From` is not general enough", rust-lang/rust#64552).
pub type Channel = BoxCloneSyncService<http::Request<Body>, http::Response<Body>, Status>;

/// Every service of the API by its generated client.
#[derive(Debug, Clone)]
pub struct Remote {
    pub(crate) channel: Channel,
    pub(crate) message_limit: usize,
}

impl Remote {
    /// Calls go through this channel, with messages of at most so many bytes either way.
    #[must_use]
    pub const fn new(channel: Channel, message_limit: usize) -> Self {
        Self {
            channel,
            message_limit,
        }
    }
}
