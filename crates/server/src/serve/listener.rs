//! A socket that takes connections and gives each its share: bounded heads, bounded streams, no waiting for the slow.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use super::{Shutdown, reachable};
use crate::commands::Failure;

/// The most connections at once; more wait in the operating system's queue.
const MAX_CONNECTIONS: usize = 10_000;
/// The most calls at once on one connection.
const MAX_STREAMS: u32 = 256;
/// The most bytes in the head of a request.
const MAX_HEAD: u32 = 64 * 1024;
/// How long the head of a request may take to arrive, and how long a connection may be idle before it.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a client may take until it has agreed on TLS.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a silent HTTP/2 connection is asked whether it still lives, and how long it may take to say so.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// After a failed accept (no file descriptors left, say) trying again at once would only burn time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A socket that is bound.
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
}

impl Listener {
    /// Binds the address that this setting gives.
    pub(crate) async fn bind(
        address: SocketAddr,
        setting: &str,
        tls: Option<TlsAcceptor>,
    ) -> Result<Self, Failure> {
        let problem = |error: std::io::Error| -> Failure {
            let advice = if error.kind() == std::io::ErrorKind::AddrInUse {
                "another program listens there: stop it, or choose another address"
            } else {
                "choose an address of this machine, and a port from 1024 on"
            };
            format!("cannot listen on {address} ({error}); {advice} with {setting}").into()
        };
        let socket = TcpListener::bind(address).await.map_err(problem)?;
        let address = socket.local_addr().map_err(problem)?;
        Ok(Self { socket, address, tls })
    }

    /// Where clients reach it: the port is known even if any was asked for.
    pub(crate) fn url(&self) -> String {
        reachable(self.address, self.tls.is_some())
    }

    /// Serves until a shutdown is asked for; then takes no more, and finishes what runs within the grace.
    pub(crate) async fn serve(self, service: Router, shutdown: Shutdown) {
        let builder = builder();
        let connections = GracefulShutdown::new();
        let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        loop {
            let accepted = async {
                let permit = Arc::clone(&room).acquire_owned().await;
                (self.socket.accept().await, permit)
            };
            let (accepted, permit) = tokio::select! {
                accepted = accepted => accepted,
                () = shutdown.requested() => break,
            };
            let stream = match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            };
            let connection = Connection {
                builder: builder.clone(),
                service: service.clone(),
                watcher: connections.watcher(),
            };
            let tls = self.tls.clone();
            tokio::spawn(async move {
                // A client that breaks off or speaks something else is no news.
                if let Err(error) = connection.serve(stream, tls).await {
                    tracing::debug!(error, "a connection ended early");
                }
                drop(permit);
            });
        }
        drop(self.socket);
        if tokio::time::timeout(shutdown.grace(), connections.shutdown())
            .await
            .is_err()
        {
            tracing::warn!("some requests did not finish within the grace time and were cut off");
        }
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD as usize);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(KEEP_ALIVE)
        .keep_alive_timeout(KEEP_ALIVE)
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(MAX_HEAD);
    builder
}

type ConnectionError = Box<dyn std::error::Error + Send + Sync>;

/// What a connection is served with, to its end.
struct Connection {
    builder: Builder<TokioExecutor>,
    service: Router,
    watcher: Watcher,
}

impl Connection {
    async fn serve(self, stream: TcpStream, tls: Option<TlsAcceptor>) -> Result<(), ConnectionError> {
        // Answers are written whole: waiting for more to send along would only delay them.
        let _ = stream.set_nodelay(true);
        match tls {
            None => self.speak_http(stream).await,
            Some(tls) => {
                let stream = tokio::time::timeout(HANDSHAKE_TIMEOUT, tls.accept(stream)).await??;
                self.speak_http(stream).await
            }
        }
    }

    async fn speak_http<S>(self, stream: S) -> Result<(), ConnectionError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = TowerToHyperService::new(self.service);
        let connection = self.builder.serve_connection(TokioIo::new(stream), service);
        self.watcher.watch(connection.into_owned()).await
    }
}
