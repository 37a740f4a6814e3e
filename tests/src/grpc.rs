//! A gRPC client with one key.

use bytes::{Buf as _, BufMut as _};
use proto::v1::admin_service_client::AdminServiceClient;
use proto::v1::changes_service_client::ChangesServiceClient;
use proto::v1::companies_service_client::CompaniesServiceClient;
use proto::v1::deals_service_client::DealsServiceClient;
use proto::v1::groups_service_client::GroupsServiceClient;
use proto::v1::interactions_service_client::InteractionsServiceClient;
use proto::v1::people_service_client::PeopleServiceClient;
use proto::v1::users_service_client::UsersServiceClient;
use std::net::SocketAddr;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::tokio_stream::{self, Stream};
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
    /// The companies.
    pub companies: CompaniesServiceClient<Authorizing>,
    /// The deals.
    pub deals: DealsServiceClient<Authorizing>,
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
            companies: CompaniesServiceClient::new(channel.clone()),
            deals: DealsServiceClient::new(channel.clone()),
            users: UsersServiceClient::new(channel.clone()),
            changes: ChangesServiceClient::new(channel.clone()),
            groups: GroupsServiceClient::new(channel.clone()),
            interactions: InteractionsServiceClient::new(channel.clone()),
            admin: AdminServiceClient::new(channel.clone()),
            channel,
        }
    }
}

impl GrpcClient {
    /// Makes any call by its path, with a message as bytes.
    ///
    /// # Errors
    /// The status of the call.
    ///
    /// # Panics
    /// If the path is none.
    pub async fn call(&self, path: &str, message: Vec<u8>) -> Result<Vec<u8>, Status> {
        self.send(path, tokio_stream::once(message)).await
    }

    /// Begins a call by its path, and never sends its message.
    ///
    /// # Errors
    /// The status of the call.
    ///
    /// # Panics
    /// If the path is none.
    pub async fn begin(&self, path: &str) -> Result<Vec<u8>, Status> {
        self.send(path, tokio_stream::pending()).await
    }

    async fn send(
        &self,
        path: &str,
        messages: impl Stream<Item = Vec<u8>> + Send + 'static,
    ) -> Result<Vec<u8>, Status> {
        let mut client = tonic::client::Grpc::new(self.channel.clone());
        client
            .ready()
            .await
            .map_err(|error| Status::unavailable(error.to_string()))?;
        let path = path.parse().expect("a path");
        let answer = client
            .client_streaming(Request::new(messages), path, AsItIs)
            .await?;
        Ok(answer.into_inner())
    }
}

/// Messages as bytes.
#[derive(Debug, Clone, Copy, Default)]
struct AsItIs;

impl Codec for AsItIs {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for AsItIs {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(&item);
        Ok(())
    }
}

impl Decoder for AsItIs {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        let length = buffer.remaining();
        Ok(Some(buffer.copy_to_bytes(length).to_vec()))
    }
}
