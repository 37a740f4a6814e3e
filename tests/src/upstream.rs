//! The PostgreSQL behind a proxy.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// A way to the database, whatever it is made of.
pub(crate) trait Way: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Way for T {}

/// Where a database is.
#[derive(Debug, Clone)]
pub(crate) struct Upstream(Config);

impl Upstream {
    /// The one of this URL.
    pub(crate) fn of(url: &str) -> Self {
        Self(url.parse().expect("a URL of a database"))
    }

    /// The URL under which it is found behind a proxy that listens there.
    pub(crate) fn url_at(&self, address: SocketAddr) -> String {
        let password = self
            .0
            .get_password()
            .map(|text| String::from_utf8_lossy(text).into_owned());
        format!(
            "postgres://{}:{}@{address}/{}?sslmode=disable",
            self.0.get_user().unwrap_or_default(),
            password.unwrap_or_default(),
            self.0.get_dbname().unwrap_or_default()
        )
    }

    /// A connection to it.
    pub(crate) async fn connect(&self) -> io::Result<Box<dyn Way>> {
        let port = self.0.get_ports().first().copied().unwrap_or(5432);
        Ok(match self.0.get_hosts().first() {
            Some(Host::Unix(directory)) => {
                Box::new(UnixStream::connect(directory.join(format!(".s.PGSQL.{port}"))).await?)
            }
            Some(Host::Tcp(host)) => Box::new(TcpStream::connect((host.as_str(), port)).await?),
            None => panic!("a URL without a host"),
        })
    }
}
