//! A socket that takes connections and gives each its share: bounded heads, bounded streams, no waiting for the slow.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::Shutdown;
use crate::commands::Failure;

/// The most connections at once; more wait in the operating system's queue.
const MAX_CONNECTIONS: usize = 10_000;
/// The most calls at once on one connection.
const MAX_STREAMS: u32 = 256;
/// The most bytes in the head of a request.
const MAX_HEAD: u32 = 64 * 1024;
/// How long the head of a request may take to arrive, and how long a connection may be idle before it.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How often a silent HTTP/2 connection is asked whether it still lives, and how long it may take to say so.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// After a failed accept (no file descriptors left, say) trying again at once would only burn time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A socket that is bound.
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Binds the address that this setting gives.
    pub(crate) async fn bind(address: SocketAddr, setting: &str) -> Result<Self, Failure> {
        let problem = |error: std::io::Error| -> Failure {
            let advice = if error.kind() == std::io::ErrorKind::AddrInUse {
                "another program listens there: stop it, or choose another address"
            } else if error.kind() == std::io::ErrorKind::PermissionDenied {
                "that port is reserved: choose one from 1024 on"
            } else {
                "choose an address of this machine"
            };
            format!("cannot listen on {address} ({error}); {advice} with {setting}").into()
        };
        let socket = TcpListener::bind(address).await.map_err(problem)?;
        let address = socket.local_addr().map_err(problem)?;
        Ok(Self { socket, address })
    }

    /// Where it listens: the port is known even if any was asked for.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
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
            let connection = connections.watch(connection(&builder, stream, service.clone()));
            tokio::spawn(async move {
                // A client that breaks off or does not speak HTTP is no news.
                if let Err(error) = connection.await {
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

/// One connection, to be driven to its end.
fn connection(
    builder: &Builder<TokioExecutor>,
    stream: TcpStream,
    service: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = Box<dyn std::error::Error + Send + Sync>> + use<>
{
    // Answers are written whole: waiting for more to send along would only delay them.
    let _ = stream.set_nodelay(true);
    builder
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .into_owned()
}
