//! The connection to the core.

use proto::v1::people_service_client::PeopleServiceClient;
use proto::v1::users_service_client::UsersServiceClient;
use tonic::Status;
use tonic::body::Body;
use tower::util::BoxCloneSyncService;
use tower::{BoxError, ServiceExt as _};

/// Whatever takes calls to the core: a connection, or the core itself in memory.
pub type CoreChannel = BoxCloneSyncService<http::Request<Body>, http::Response<Body>, BoxError>;

/// The same with failures as a status. A boxed error as the error type makes the compiler lose track of its lifetime in
/// handlers ("implementation of `From` is not general enough", rust-lang/rust#64552).
type StatusChannel = BoxCloneSyncService<http::Request<Body>, http::Response<Body>, Status>;

/// The largest message to and from the core. A page of full records is larger than tonic's default of 4 MiB.
const MESSAGE_LIMIT: usize = 32 * 1024 * 1024;

/// The clients of the core's services.
#[derive(Debug, Clone)]
pub struct Core {
    people: PeopleServiceClient<StatusChannel>,
    users: UsersServiceClient<StatusChannel>,
}

impl Core {
    /// Calls go through this channel.
    #[must_use]
    pub fn new(channel: CoreChannel) -> Self {
        let channel = StatusChannel::new(channel.map_err(Status::from_error));
        Self {
            people: PeopleServiceClient::new(channel.clone())
                .max_decoding_message_size(MESSAGE_LIMIT)
                .max_encoding_message_size(MESSAGE_LIMIT),
            users: UsersServiceClient::new(channel)
                .max_decoding_message_size(MESSAGE_LIMIT)
                .max_encoding_message_size(MESSAGE_LIMIT),
        }
    }

    /// The people of the workspace.
    pub(crate) fn people(&self) -> PeopleServiceClient<StatusChannel> {
        self.people.clone()
    }

    /// The users of the workspace.
    pub(crate) fn users(&self) -> UsersServiceClient<StatusChannel> {
        self.users.clone()
    }
}
