//! gRPC clients that cost little: a channel each, and messages that are bytes already.

use std::net::SocketAddr;

use bytes::{Buf as _, BufMut as _, Bytes};
use http::uri::PathAndQuery;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::metadata::AsciiMetadataValue;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};

use crate::Failure;
use crate::measure::Caller;
use crate::work::Requests;

/// A connection with a key.
pub(crate) struct Connection {
    client: tonic::client::Grpc<Channel>,
    authorization: AsciiMetadataValue,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr, key: &str) -> Result<Self, Failure> {
        let endpoint = Endpoint::from_shared(format!("http://{address}"))?;
        let channel = endpoint.tcp_nodelay(true).connect().await?;
        Ok(Self {
            client: tonic::client::Grpc::new(channel).max_decoding_message_size(64 << 20),
            authorization: format!("Bearer {key}").parse()?,
        })
    }

    /// Sends a message and reads the answer's.
    pub(crate) async fn exchange(&mut self, path: PathAndQuery, message: Vec<u8>) -> Result<Bytes, Failure> {
        self.client.ready().await?;
        let mut request = Request::new(message);
        request
            .metadata_mut()
            .insert("authorization", self.authorization.clone());
        let answer = self.client.unary(request, path, AsItIs).await;
        // Only the code and the text: the details are long.
        let answer = answer.map_err(|status| format!("{:?}: {}", status.code(), status.message()))?;
        Ok(answer.into_inner())
    }
}

/// Sends one message after the other.
pub(crate) struct GrpcCaller {
    connection: Connection,
    path: PathAndQuery,
    requests: Requests,
    message: Vec<u8>,
}

impl GrpcCaller {
    pub(crate) async fn open(
        address: SocketAddr,
        key: &str,
        (path, requests): (PathAndQuery, Requests),
    ) -> Result<Self, Failure> {
        Ok(Self {
            connection: Connection::open(address, key).await?,
            path,
            requests,
            message: Vec::new(),
        })
    }
}

impl Caller for GrpcCaller {
    fn prepare(&mut self) {
        (self.requests)(&mut self.message);
    }

    async fn call(&mut self) -> Result<(), Failure> {
        let message = std::mem::take(&mut self.message);
        self.connection.exchange(self.path.clone(), message).await?;
        Ok(())
    }
}

/// Messages as bytes.
#[derive(Debug, Clone, Copy, Default)]
struct AsItIs;

impl Codec for AsItIs {
    type Encode = Vec<u8>;
    type Decode = Bytes;
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
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        let length = buffer.remaining();
        Ok(Some(buffer.copy_to_bytes(length)))
    }
}
