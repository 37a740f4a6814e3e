//! gRPC clients that cost little: an HTTP/2 connection each, and messages that are bytes already.

use std::net::SocketAddr;

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use h2::RecvStream;
use h2::client::SendRequest;
use http::header::{AUTHORIZATION, CONTENT_TYPE, TE};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderValue, Request, Uri};
use tokio::net::TcpStream;

use crate::Failure;
use crate::measure::Caller;
use crate::work::Requests;

/// What comes before a message: whether it is compressed, and its length.
const PREFIX: usize = 5;
/// As much of an answer may be on its way.
const WINDOW: u32 = 8 << 20;

/// A connection with a key.
pub(crate) struct Connection {
    calls: SendRequest<Bytes>,
    authority: Authority,
    authorization: HeaderValue,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr, key: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (calls, connection) = h2::client::Builder::new()
            .initial_window_size(WINDOW)
            .initial_connection_window_size(WINDOW)
            .handshake(stream)
            .await?;
        // What goes wrong with it, the next call hears.
        tokio::spawn(connection);
        Ok(Self {
            calls,
            authority: address.to_string().parse()?,
            authorization: format!("Bearer {key}").parse()?,
        })
    }

    /// Sends a message and reads the answer's.
    pub(crate) async fn exchange(&mut self, path: PathAndQuery, message: &[u8]) -> Result<Bytes, Failure> {
        let uri = Uri::builder()
            .scheme(Scheme::HTTP)
            .authority(self.authority.clone())
            .path_and_query(path)
            .build()?;
        let request = Request::post(uri)
            .header(TE, "trailers")
            .header(CONTENT_TYPE, "application/grpc")
            .header(AUTHORIZATION, &self.authorization)
            .body(())?;
        let mut framed = BytesMut::with_capacity(PREFIX + message.len());
        framed.put_u8(0);
        framed.put_u32(message.len().try_into()?);
        framed.put_slice(message);

        let mut calls = self.calls.clone().ready().await?;
        let (answer, mut body) = calls.send_request(request, false)?;
        body.send_data(framed.freeze(), true)?;
        let (head, mut body) = answer.await?.into_parts();
        let received = receive(&mut body).await?;
        // A failure without a message is told in the head.
        let trailers = body.trailers().await?.unwrap_or(head.headers);
        check(&trailers)?;
        message_in(received)
    }
}

async fn receive(body: &mut RecvStream) -> Result<BytesMut, Failure> {
    let mut received = BytesMut::new();
    while let Some(piece) = body.data().await {
        let piece = piece?;
        body.flow_control().release_capacity(piece.len())?;
        received.extend_from_slice(&piece);
    }
    Ok(received)
}

fn message_in(mut received: BytesMut) -> Result<Bytes, Failure> {
    if received.len() < PREFIX {
        return Err("an answer that breaks off".into());
    }
    let (compressed, length) = (received.get_u8(), received.get_u32());
    if compressed != 0 || usize::try_from(length)? != received.len() {
        return Err("an answer that is not one plain message".into());
    }
    Ok(received.freeze())
}

/// Only the code and the text of a failure: the details are long.
fn check(trailers: &HeaderMap) -> Result<(), Failure> {
    let text = |name| {
        trailers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    match text("grpc-status") {
        Some("0") => Ok(()),
        code => Err(format!(
            "gRPC status {}: {}",
            code.unwrap_or("missing"),
            text("grpc-message").unwrap_or_default()
        )
        .into()),
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
        self.message.clear();
        (self.requests)(&mut self.message);
    }

    async fn call(&mut self) -> Result<(), Failure> {
        self.connection.exchange(self.path.clone(), &self.message).await?;
        Ok(())
    }
}
