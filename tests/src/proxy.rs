//! A proxy before PostgreSQL that can be told to misbehave like a network, or like a database in trouble.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::upstream::Upstream;

/// What becomes of what is sent through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It goes through.
    Open,
    /// It goes through, each piece late by so much.
    Slow(Duration),
    /// It waits until that changes; new connections are taken, and wait too.
    Stalled,
    /// There is none: connections are broken off, and new ones refused.
    Closed,
}

/// Connections to a database, all at the mercy of the test.
#[derive(Debug)]
pub struct Proxy {
    way: watch::Sender<Way>,
    lost: watch::Sender<()>,
    url: String,
}

impl Proxy {
    /// A way to the database of this URL, open at first.
    ///
    /// # Panics
    /// If no port is to be had.
    pub async fn to(url: &str) -> Self {
        let upstream = Upstream::of(url);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let url = upstream.url_at(address);
        let (way, watched) = watch::channel(Way::Open);
        let (lost, watched_too) = watch::channel(());
        tokio::spawn(listen(listener, address, upstream, watched, watched_too));
        Self { way, lost, url }
    }

    /// The URL of the database through this.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Lets what is sent fare like this from now on.
    pub fn set(&self, way: Way) {
        self.way.send_replace(way);
    }

    /// Forgets the connections that there are, and tells nobody: nothing ever comes through them again.
    pub fn lose_connections(&self) {
        self.lost.send_replace(());
    }
}

async fn listen(
    mut listener: TcpListener,
    address: SocketAddr,
    upstream: Upstream,
    mut way: watch::Receiver<Way>,
    lost: watch::Receiver<()>,
) {
    let mut closing = way.clone();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((client, _)) = accepted {
                    tokio::spawn(carry(client, upstream.clone(), way.clone(), lost.clone()));
                }
            }
            closed = until(&mut closing, |way| way == Way::Closed) => {
                drop(listener);
                if !closed || !until(&mut way, |way| way != Way::Closed).await {
                    return;
                }
                listener = TcpListener::bind(address).await.expect("the same port");
            }
        }
    }
}

/// Waits until the way is such; false if nobody will change it any more.
async fn until(way: &mut watch::Receiver<Way>, is: impl Fn(Way) -> bool) -> bool {
    way.wait_for(|way| is(*way)).await.is_ok()
}

async fn carry(
    client: TcpStream,
    upstream: Upstream,
    mut way: watch::Receiver<Way>,
    mut lost: watch::Receiver<()>,
) {
    lost.mark_unchanged();
    let Ok(server) = upstream.connect().await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = tokio::io::split(server);
    let (there, back) = ((way.clone(), lost.clone()), (way.clone(), lost));
    tokio::select! {
        () = pump(from_client, to_server, there) => {}
        () = pump(from_server, to_client, back) => {}
        _ = way.wait_for(|way| *way == Way::Closed) => {}
    }
}

/// Carries one direction until either end is gone.
async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    (mut way, mut lost): (watch::Receiver<Way>, watch::Receiver<()>),
) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = tokio::select! {
            read = from.read(&mut buffer) => read,
            _ = lost.changed() => std::future::pending().await,
        };
        let Ok(length @ 1..) = read else { return };
        let Ok(now) = way.wait_for(|way| *way != Way::Stalled).await.map(|way| *way) else {
            return;
        };
        if let Way::Slow(late) = now {
            tokio::time::sleep(late).await;
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
