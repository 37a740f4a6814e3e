//! The facade before a core.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use axum::Router;
use proto::Channel;
use rest::Core;
use tonic::Status;
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint};
use tower::ServiceExt as _;

use super::tls;
use crate::commands::Failure;
use crate::config::Config;

/// How long connecting to a core elsewhere may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// A core that is gone without a word is noticed within the sum of these.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(5);
/// Errors with many violations travel in the head of an answer.
const HEAD_LIMIT: u32 = 16 * 1024 * 1024;

/// The routes of the facade, reached by this URL unless the settings know of a public one. So many batches the core works on at
/// once.
pub(crate) fn facade(config: &Config, core: Core, reached_by: String, max_batches: usize) -> Router {
    let public_url = match &config.listen.public_url {
        Some(url) => url.as_str().to_owned(),
        None => reached_by,
    };
    let settings = rest::Settings {
        public_url,
        body_limit: config.requests.body_limit.get(),
        timeout: config.requests.timeout,
        max_in_flight: config.requests.max_in_flight.get(),
        max_batches,
        docs: config.listen.docs,
    };
    rest::router(core, settings)
}

/// An address that means all interfaces is good to listen on, not to connect to.
pub(crate) fn reachable(address: SocketAddr, tls: bool) -> String {
    let scheme = if tls { "https" } else { "http" };
    if address.ip().is_unspecified() {
        format!("{scheme}://localhost:{}", address.port())
    } else {
        format!("{scheme}://{address}")
    }
}

/// The way to a core that runs elsewhere. It connects when it is first used, and again after every break. Over TLS the
/// core needs a certificate by an authority in this file, or else by one that the machine trusts.
pub(crate) fn remote(upstream: &str, authorities: Option<&Path>) -> Result<Channel, Failure> {
    let mut endpoint = Endpoint::from_shared(upstream.to_owned())
        .map_err(|error| {
            format!("--upstream {upstream:?} is no URL such as http://127.0.0.1:50051: {error}")
        })?
        .connect_timeout(CONNECT_TIMEOUT)
        .http2_keep_alive_interval(KEEP_ALIVE)
        .keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
        .keep_alive_while_idle(true)
        .http2_max_header_list_size(HEAD_LIMIT);
    if endpoint.uri().scheme_str() == Some("https") {
        endpoint = endpoint.tls_config(trust(authorities)?)?;
    }
    let channel = endpoint.connect_lazy();
    Ok(Channel::new(
        channel.map_err(|error| Status::from_error(error.into())),
    ))
}

fn trust(authorities: Option<&Path>) -> Result<ClientTlsConfig, Failure> {
    let tls = ClientTlsConfig::new();
    let Some(path) = authorities else {
        return Ok(tls.with_native_roots());
    };
    tls::certificates(path, "PEOPLE_UPSTREAM_CA")?;
    Ok(tls.ca_certificate(Certificate::from_pem(std::fs::read(path)?)))
}
