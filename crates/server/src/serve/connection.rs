//! A connection from its first byte to its last, within bounds: of the head, of streams, of waiting for the slow.

use std::error::Error;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulConnection;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use super::answers::Answers;
use super::at_once::AtOnce;
use super::first_call::{CallExecutor, FirstCall};
use super::room::Place;

/// The most calls at once on one connection.
const MAX_STREAMS: u32 = 256;
/// The most bytes in the head of a request.
const MAX_HEAD: u32 = 64 * 1024;
/// How often a silent HTTP/2 connection is asked whether it still lives, and how long it may take to say so.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// How long a client may take until it has agreed on TLS.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

type ConnectionError = Box<dyn Error + Send + Sync>;

/// How connections are served.
#[derive(Clone)]
pub(super) struct Connections {
    tls: Option<TlsAcceptor>,
    patience: Duration,
}

impl Connections {
    /// Clients are waited for so long: for the head of a request, and for taking in a piece of an answer.
    pub(super) fn new(tls: Option<TlsAcceptor>, patience: Duration) -> Self {
        Self { tls, patience }
    }

    /// Drives a connection to its end, which gives back its place.
    pub(super) fn drive(
        &self,
        stream: TcpStream,
        service: Router,
        place: Place,
    ) -> impl Future<Output = ()> + Send + use<> {
        // Answers are written whole: waiting for more to send along would only delay them.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.patience));

        let (connections, stream) = (self.clone(), Box::pin(stream));
        async move {
            // A client that breaks off or does not speak what is spoken here is no news.
            if let Err(error) = AtOnce::new(connections.speak(stream, service, &place)).await {
                tracing::debug!(error, "a connection ended early");
            }
        }
    }

    fn builder(&self, calls: CallExecutor) -> Builder<CallExecutor> {
        let mut builder = Builder::new(calls);
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(self.patience)
            .max_buf_size(MAX_HEAD as usize);
        builder
            .http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(KEEP_ALIVE)
            .keep_alive_timeout(KEEP_ALIVE)
            .max_concurrent_streams(MAX_STREAMS)
            // Calls that their callers give up before their turn, as they do under load, are no attack.
            .max_pending_accept_reset_streams(MAX_STREAMS as usize)
            .max_header_list_size(MAX_HEAD);
        builder
    }

    async fn speak<S>(self, stream: S, service: Router, place: &Place) -> Result<(), ConnectionError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        match self.tls.clone() {
            None => self.speak_http(stream, service, place).await,
            Some(tls) => {
                let stream = timeout(HANDSHAKE_TIMEOUT, tls.accept(stream)).await??;
                self.speak_http(stream, service, place).await
            }
        }
    }

    async fn speak_http<S>(self, stream: S, service: Router, place: &Place) -> Result<(), ConnectionError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let asked_anything = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&asked_anything);
        let answers = Answers::default();
        let on_their_way = answers.clone();
        let service = service
            .map_request(move |request: Request<Incoming>| {
                asked.store(true, Ordering::Relaxed);
                request
            })
            .map_response(move |answer| on_their_way.send(answer));
        let first_call = FirstCall::default();
        let connection = self
            .builder(first_call.executor())
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
            .into_owned();
        tokio::select! {
            // In this order: a call begins in the same poll as its request is read.
            biased;
            ended = finish(connection, place, self.patience, &asked_anything) => ended,
            () = first_call => Ok(()),
            () = answers.left_lying(self.patience) => Ok(()),
        }
    }
}

/// Asked to leave, or without a request for too long, a connection ends as soon as nothing runs on it. (hyper waits for
/// ever for the bytes that tell one version of HTTP from another.)
async fn finish<C>(
    connection: C,
    place: &Place,
    patience: Duration,
    asked_anything: &AtomicBool,
) -> Result<(), ConnectionError>
where
    C: GracefulConnection<Error = ConnectionError>,
{
    let mut connection = pin!(connection);
    let leave = async {
        tokio::select! {
            () = place.asked_to_leave() => place.is_wanted(),
            () = silent(patience, asked_anything) => false,
        }
    };
    let wanted = tokio::select! {
        ended = connection.as_mut() => return ended,
        wanted = leave => wanted,
    };
    if wanted && !asked_anything.load(Ordering::Relaxed) {
        // Half a head is nothing to wait for while others wait for the place.
        return Ok(());
    }
    connection.as_mut().graceful_shutdown();
    connection.await
}

/// Ends if there was no request in this time.
async fn silent(patience: Duration, asked_anything: &AtomicBool) {
    tokio::time::sleep(patience).await;
    if asked_anything.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}
