//! A REST client that sends just what it is told.

use std::net::SocketAddr;
use std::time::Duration;

use http::{HeaderMap, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// Nothing in a test takes this long; without it a server that hangs would hang the suite.
const PATIENCE: Duration = Duration::from_secs(60);

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Speaks to one server with one key.
#[derive(Debug, Clone)]
pub struct RestClient {
    /// Where the server is.
    pub address: SocketAddr,
    /// Sent as a Bearer token unless empty.
    pub key: String,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// A header's text, empty if it is absent.
    ///
    /// # Panics
    /// If it is not text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The status, and the code in the envelope of an error.
    ///
    /// # Panics
    /// If the body is no envelope.
    #[must_use]
    pub fn error(&self) -> (u16, String) {
        let code = self.json()["error"]["code"]
            .as_str()
            .expect("an error")
            .to_owned();
        (self.status.as_u16(), code)
    }
}

impl RestClient {
    /// Sends a request with a JSON body.
    ///
    /// # Panics
    /// If there is no answer.
    pub async fn send(&self, method: &str, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send_with(method, path, &[("content-type", "application/json")], body)
            .await
    }

    /// Sends a request with these headers.
    ///
    /// # Panics
    /// If there is no answer.
    pub async fn send_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Answer {
        self.try_send_with(method, path, headers, body)
            .await
            .expect("an answer")
    }

    /// Sends a request with a JSON body to a server that may break off.
    ///
    /// # Errors
    /// There is no answer, or no whole one.
    ///
    /// # Panics
    /// If there is neither an answer nor an end of the connection.
    pub async fn try_send(
        &self,
        method: &str,
        path: &str,
        body: impl Into<Vec<u8>>,
    ) -> Result<Answer, BoxError> {
        self.try_send_with(method, path, &[("content-type", "application/json")], body)
            .await
    }

    async fn try_send_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Result<Answer, BoxError> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", self.address.to_string());
        if !self.key.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.key));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request
            .body(Full::new(Bytes::from(body.into())))
            .expect("a request");
        tokio::time::timeout(PATIENCE, self.exchange(request))
            .await
            .expect("an answer in time")
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Answer, BoxError> {
        let stream = TcpStream::connect(self.address).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let (parts, body) = sender.send_request(request).await?.into_parts();
        let bytes = body.collect().await?.to_bytes();
        connection.abort();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec())?,
        })
    }
}
