//! A gRPC client with one key.

use proto::v1::admin_service_client::AdminServiceClient;
use proto::v1::changes_service_client::ChangesServiceClient;
use proto::v1::groups_service_client::GroupsServiceClient;
use proto::v1::interactions_service_client::InteractionsServiceClient;
use proto::v1::people_service_client::PeopleServiceClient;
use proto::v1::users_service_client::UsersServiceClient;
use std::net::SocketAddr;
use tonic::metadata::AsciiMetadataValue;
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};

/// Adds the authorization, if there is one, to each call.
#[derive(Debug, Clone)]
pub struct Authorized(Option<AsciiMetadataValue>);

impl Interceptor for Authorized {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(authorization) = &self.0 {
            request
                .metadata_mut()
                .insert("authorization", authorization.clone());
        }
        Ok(request)
    }
}

type Authorizing = InterceptedService<Channel, Authorized>;

/// Speaks to one server with one key.
#[derive(Debug, Clone)]
pub struct GrpcClient {
    /// The people.
    pub people: PeopleServiceClient<Authorizing>,
    /// The users.
    pub users: UsersServiceClient<Authorizing>,
    /// The change log.
    pub changes: ChangesServiceClient<Authorizing>,
    /// The groups.
    pub groups: GroupsServiceClient<Authorizing>,
    /// Interactions.
    pub interactions: InteractionsServiceClient<Authorizing>,
    /// Administration.
    pub admin: AdminServiceClient<Authorizing>,
    /// The connection, for calls without a client of their own.
    pub channel: Authorizing,
}

impl GrpcClient {
    /// A client that connects when it is first used.
    ///
    /// # Panics
    /// If the key has characters that metadata cannot have.
    #[must_use]
    pub fn new(address: SocketAddr, key: &str) -> Self {
        Self::authorized(address, Some(&format!("Bearer {key}")))
    }

    /// A client that sends this authorization, whatever its form.
    ///
    /// # Panics
    /// If it has characters that metadata cannot have.
    #[must_use]
    pub fn authorized(address: SocketAddr, authorization: Option<&str>) -> Self {
        let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
        // A list of 10,000 violations is in the trailers, when it is asked for.
        let channel = endpoint
            .http2_max_header_list_size(16 * 1024 * 1024)
            .connect_lazy();
        let authorized = Authorized(authorization.map(|text| text.parse().expect("a header's text")));
        let channel = InterceptedService::new(channel, authorized);
        Self {
            people: PeopleServiceClient::new(channel.clone()),
            users: UsersServiceClient::new(channel.clone()),
            changes: ChangesServiceClient::new(channel.clone()),
            groups: GroupsServiceClient::new(channel.clone()),
            interactions: InteractionsServiceClient::new(channel.clone()),
            admin: AdminServiceClient::new(channel.clone()),
            channel,
        }
    }
}
