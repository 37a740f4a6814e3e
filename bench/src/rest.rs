//! REST clients that cost little: a connection, bytes that are ready to be sent, and no more reading than finds the end of
//! an answer.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Failure;
use crate::measure::Caller;
use crate::work::Requests;

/// The most headers of an answer.
const HEADERS: usize = 32;

/// A connection that is kept.
pub(crate) struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

/// An answer.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            answer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends a whole request and reads the whole answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Result<Answer<'_>, Failure> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        let (status, head, length) = loop {
            self.read().await?;
            if let Some(head) = read_head(&self.answer)? {
                break head;
            }
        };
        let end = head + length;
        while self.answer.len() < end {
            self.read().await?;
        }
        let body = self.answer.get(head..end).unwrap_or_default();
        Ok(Answer { status, body })
    }

    async fn read(&mut self) -> Result<(), Failure> {
        match self.stream.read_buf(&mut self.answer).await? {
            0 => Err("the service closed the connection".into()),
            _ => Ok(()),
        }
    }
}

/// The status, the length of the head and that of the body, once the head is there.
fn read_head(bytes: &[u8]) -> Result<Option<(u16, usize, usize)>, Failure> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head) = response.parse(bytes)? else {
        return Ok(None);
    };
    let status = response.code.ok_or("an answer without a status")?;
    let length = response
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .ok_or("an answer without a content-length")?;
    let length = std::str::from_utf8(length.value)?.parse()?;
    Ok(Some((status, head, length)))
}

/// Sends one request after the other.
pub(crate) struct RestCaller {
    connection: Connection,
    requests: Requests,
    request: Vec<u8>,
}

impl RestCaller {
    pub(crate) async fn open(address: SocketAddr, requests: Requests) -> Result<Self, Failure> {
        Ok(Self {
            connection: Connection::open(address).await?,
            requests,
            request: Vec::new(),
        })
    }
}

impl Caller for RestCaller {
    fn prepare(&mut self) {
        self.request.clear();
        (self.requests)(&mut self.request);
    }

    async fn call(&mut self) -> Result<(), Failure> {
        let Answer { status, body } = self.connection.exchange(&self.request).await?;
        if status == 200 {
            Ok(())
        } else {
            Err(format!("{status}: {}", String::from_utf8_lossy(body)).into())
        }
    }
}
