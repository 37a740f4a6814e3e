//! A socket that takes connections, as many as there is room for.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::connection::Connections;
use super::room::Room;
use super::{ClientLimits, Shutdown, reachable};
use crate::commands::Failure;

/// After a failed accept (no file descriptors left, say) trying again at once would only burn time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A socket that is bound.
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
    limits: ClientLimits,
}

impl Listener {
    /// Binds the address that this setting gives, for clients within these limits.
    pub(crate) async fn bind(
        address: SocketAddr,
        setting: &str,
        tls: Option<TlsAcceptor>,
        limits: ClientLimits,
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
        Ok(Self {
            socket,
            address,
            tls,
            limits,
        })
    }

    /// Where clients reach it: the port is known even if any was asked for.
    pub(crate) fn url(&self) -> String {
        reachable(self.address, self.tls.is_some())
    }

    /// Serves until a shutdown is asked for; then takes no more, and finishes what runs within the grace.
    pub(crate) async fn serve(self, service: Router, shutdown: Shutdown) {
        let connections = Connections::new(self.tls, self.limits.patience);
        let room = Room::for_as_many_as(self.limits.connections);
        loop {
            let accepted = async {
                let place = room.enter().await;
                (self.socket.accept().await, place)
            };
            let (accepted, place) = tokio::select! {
                accepted = accepted => accepted,
                () = shutdown.requested() => break,
            };
            match accepted {
                Ok((stream, _)) => {
                    tokio::spawn(connections.drive(stream, service.clone(), place));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
        drop(self.socket);
        if tokio::time::timeout(shutdown.grace(), room.empty())
            .await
            .is_err()
        {
            tracing::warn!("some requests did not finish within the grace time and were cut off");
        }
    }
}
