//! The connection to the core.

use proto::v1::admin_service_client::AdminServiceClient;
use proto::v1::companies_service_client::CompaniesServiceClient;
use proto::v1::deals_service_client::DealsServiceClient;
use proto::v1::groups_service_client::GroupsServiceClient;
use proto::v1::interactions_service_client::InteractionsServiceClient;
use proto::v1::people_service_client::PeopleServiceClient;
use proto::v1::users_service_client::UsersServiceClient;
use tonic::Status;
use tonic::body::Body;
use tower::util::BoxCloneSyncService;

/// Whatever takes calls to the core: a connection, or the core itself in memory. Its failures are a status: a boxed error makes
/// the compiler lose track of its lifetime in handlers ("implementation of `From` is not general enough",
/// rust-lang/rust#64552).
pub type CoreChannel = BoxCloneSyncService<http::Request<Body>, http::Response<Body>, Status>;

/// The largest message to and from the core. A page of full records is larger than tonic's default of 4 MiB.
const MESSAGE_LIMIT: usize = 32 * 1024 * 1024;

/// The clients of the core's services.
#[derive(Debug, Clone)]
pub struct Core {
    channel: CoreChannel,
}

/// A client of one service, over this core's channel.
macro_rules! client {
    ($core:ident, $client:ident) => {
        $client::new($core.channel.clone())
            .max_decoding_message_size(MESSAGE_LIMIT)
            .max_encoding_message_size(MESSAGE_LIMIT)
    };
}

impl Core {
    /// Calls go through this channel.
    #[must_use]
    pub const fn new(channel: CoreChannel) -> Self {
        Self { channel }
    }

    /// The people of the workspace.
    pub(crate) fn people(&self) -> PeopleServiceClient<CoreChannel> {
        client!(self, PeopleServiceClient)
    }

    /// The companies of the workspace.
    pub(crate) fn companies(&self) -> CompaniesServiceClient<CoreChannel> {
        client!(self, CompaniesServiceClient)
    }

    /// The deals and other objects that groups keep.
    pub(crate) fn deals(&self) -> DealsServiceClient<CoreChannel> {
        client!(self, DealsServiceClient)
    }

    /// The users of the workspace.
    pub(crate) fn users(&self) -> UsersServiceClient<CoreChannel> {
        client!(self, UsersServiceClient)
    }

    /// Groups and their custom fields.
    pub(crate) fn groups(&self) -> GroupsServiceClient<CoreChannel> {
        client!(self, GroupsServiceClient)
    }

    /// Interactions with the records of the workspace.
    pub(crate) fn interactions(&self) -> InteractionsServiceClient<CoreChannel> {
        client!(self, InteractionsServiceClient)
    }

    /// What the workspace defines, and who may enter it.
    pub(crate) fn admin(&self) -> AdminServiceClient<CoreChannel> {
        client!(self, AdminServiceClient)
    }
}
