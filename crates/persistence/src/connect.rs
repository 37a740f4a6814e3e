//! Where the database is, and how far its certificate is trusted. The URL says both, in the words of libpq.

use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncConnection as _, AsyncPgConnection};
use percent_encoding::percent_decode_str;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

mod refusal;
mod trust;

use trust::{AnyCertificate, AnyName};

use crate::figures::Stopwatch;

/// How long a new connection may take at each host, unless the URL says so with `connect_timeout`. The pool gives up
/// sooner.
const PATIENCE: Duration = Duration::from_secs(10);

/// How far the certificate of the database is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check {
    /// Not at all: what is sent is hidden from those who listen, not from those who get in between.
    Nothing,
    /// Whether a trusted authority signed it.
    Authority,
    /// That, and whether it names the host.
    AuthorityAndName,
}

/// What a URL says.
struct Parts {
    config: tokio_postgres::Config,
    check: Check,
    root_cert: Option<PathBuf>,
}

/// A database, with all that is needed to connect to it. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Place {
    config: Arc<tokio_postgres::Config>,
    tls: MakeRustlsConnect,
}

impl Place {
    /// Reads the URL, and the certificates that it names.
    pub(crate) fn read(url: &str) -> ConnectionResult<Self> {
        let parts = parts(url).map_err(ConnectionError::InvalidConnectionUrl)?;
        let tls = client_config(&parts).map_err(ConnectionError::BadConnection)?;
        Ok(Self {
            config: Arc::new(parts.config),
            tls: MakeRustlsConnect::new(tls),
        })
    }

    /// A new connection.
    pub(crate) async fn connect(&self) -> ConnectionResult<AsyncPgConnection> {
        let hosts = u32::try_from(self.config.get_hosts().len()).unwrap_or(1);
        let patience = self
            .config
            .get_connect_timeout()
            .unwrap_or(&PATIENCE)
            .saturating_mul(hosts);
        let connecting = tokio::time::timeout(patience, self.config.connect(self.tls()));
        let (client, connection) = connecting
            .await
            .map_err(|_| refusal::silence(&self.config, patience))
            .and_then(|connected| connected.map_err(|error| refusal::explain(&self.config, &error)))
            .map_err(ConnectionError::BadConnection)?;
        let mut connection = AsyncPgConnection::try_from_client_and_connection(client, connection).await?;
        connection.set_instrumentation(Stopwatch::default());
        Ok(connection)
    }

    /// How connections to it are encrypted, if they are.
    pub(crate) fn tls(&self) -> MakeRustlsConnect {
        self.tls.clone()
    }
}

/// Reads the URL of a database as all of this program does, without a look at files.
///
/// # Errors
/// It is none, and why; without its password.
pub fn parse_url(url: &str) -> Result<tokio_postgres::Config, String> {
    parts(url).map(|parts| parts.config)
}

/// tokio-postgres knows neither `sslrootcert` nor the modes that look at certificates, so those are taken out first.
fn parts(url: &str) -> Result<Parts, String> {
    let (mut mode, mut root_cert) = (None, None);
    let mut rest = url.to_owned();
    if let Some((place, parameters)) = split_parameters(url) {
        let mut kept = Vec::new();
        for parameter in parameters.split('&') {
            match parameter.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => {
                    let path = percent_decode_str(value)
                        .decode_utf8()
                        .map_err(|_| "sslrootcert is not UTF-8".to_owned())?;
                    root_cert = Some(PathBuf::from(path.as_ref()));
                }
                Some(_) | None => kept.push(parameter),
            }
        }
        rest = format!("{place}?{}", kept.join("&"));
    }
    let mut config: tokio_postgres::Config = rest.trim_end_matches('?').parse().map_err(unreadable)?;
    if config.get_hosts().iter().any(misread) {
        return Err("there is more than one @: one in the user or the password is written %40".to_owned());
    }
    let (ssl_mode, check) = match mode {
        None => (config.get_ssl_mode(), Check::Nothing),
        Some("disable") => (SslMode::Disable, Check::Nothing),
        Some("prefer") => (SslMode::Prefer, Check::Nothing),
        // As libpq has it: whoever names an authority wants it looked at.
        Some("require") if root_cert.is_some() => (SslMode::Require, Check::Authority),
        Some("require") => (SslMode::Require, Check::Nothing),
        Some("verify-ca") => (SslMode::Require, Check::Authority),
        Some("verify-full") => (SslMode::Require, Check::AuthorityAndName),
        Some(_) => {
            return Err("sslmode is none of disable, prefer, require, verify-ca, verify-full".to_owned());
        }
    };
    // Nobody gets in between on a Unix socket, and PostgreSQL offers no TLS there.
    let only_sockets = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(_) => false,
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    config.ssl_mode(if only_sockets { SslMode::Disable } else { ssl_mode });
    Ok(Parts {
        config,
        check,
        root_cert,
    })
}

/// What is unknown may be part of a password with a question mark in it, so it is not repeated.
fn unreadable(error: tokio_postgres::Error) -> String {
    match error.source().map(ToString::to_string) {
        Some(reason) if reason.starts_with("invalid value for option") => reason,
        Some(reason) if reason.starts_with("unknown option") => {
            "it has an option that is not known".to_owned()
        }
        Some(_) | None => "it cannot be read".to_owned(),
    }
}

/// The password ended early, and the host begins with the rest of it.
fn misread(host: &Host) -> bool {
    matches!(host, Host::Tcp(name) if name.contains('@'))
}

/// The parameters of a URL, if it is one and has some. A password may hold a question mark.
fn split_parameters(url: &str) -> Option<(&str, &str)> {
    let is_url = url.starts_with("postgres://") || url.starts_with("postgresql://");
    let host = url.find('@').unwrap_or_default();
    let mark = is_url.then(|| url[host..].find('?')).flatten()? + host;
    Some((&url[..mark], &url[mark + 1..]))
}

fn client_config(parts: &Parts) -> Result<ClientConfig, String> {
    let provider = Arc::new(ring::default_provider());
    let problem = |error: rustls::Error| format!("TLS cannot be set up: {error}");
    let verifier: Arc<dyn ServerCertVerifier> = match parts.check {
        Check::Nothing => Arc::new(AnyCertificate::new(&provider)),
        Check::Authority => Arc::new(AnyName(authorities(parts, &provider)?)),
        Check::AuthorityAndName => authorities(parts, &provider)?,
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(problem)?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

fn authorities(parts: &Parts, provider: &Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>, String> {
    let roots = match &parts.root_cert {
        Some(path) if path.as_path() != Path::new("system") => roots_in(path).map_err(|reason| {
            format!(
                "the root certificates in {} (sslrootcert) cannot be used: {reason}",
                path.display()
            )
        })?,
        Some(_) | None => roots_of_machine()?,
    };
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .map_err(|error| format!("TLS cannot be set up: {error}"))
}

fn roots_in(path: &Path) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(path).map_err(|error| error.to_string())?;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    if roots.is_empty() {
        return Err("it holds no certificate in PEM form".to_owned());
    }
    Ok(roots)
}

fn roots_of_machine() -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(
            "sslmode asks to verify the database's certificate, and this machine has no root certificates: \
             install them (ca-certificates), or name a file with sslrootcert"
                .to_owned(),
        );
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> (SslMode, Check, Option<String>) {
        let parts = parts(url).unwrap();
        let root_cert = parts.root_cert.map(|path| path.display().to_string());
        (parts.config.get_ssl_mode(), parts.check, root_cert)
    }

    #[test]
    fn the_words_of_libpq_mean_what_they_mean_there() {
        let root = || Some("/a b.pem".to_owned());
        for (parameters, expected) in [
            ("", (SslMode::Prefer, Check::Nothing, None)),
            ("?sslmode=disable", (SslMode::Disable, Check::Nothing, None)),
            ("?sslmode=prefer", (SslMode::Prefer, Check::Nothing, None)),
            ("?sslmode=require", (SslMode::Require, Check::Nothing, None)),
            (
                "?sslmode=require&sslrootcert=/a%20b.pem",
                (SslMode::Require, Check::Authority, root()),
            ),
            (
                "?sslrootcert=/a%20b.pem&sslmode=verify-ca",
                (SslMode::Require, Check::Authority, root()),
            ),
            (
                "?connect_timeout=3&sslmode=verify-full",
                (SslMode::Require, Check::AuthorityAndName, None),
            ),
        ] {
            assert_eq!(
                read(&format!("postgres://ann:a?b@db:1/crm{parameters}")),
                expected,
                "{parameters}"
            );
        }
    }

    #[test]
    fn what_else_a_url_says_is_kept() {
        let config =
            parse_url("postgresql://ann@db/crm?connect_timeout=3&sslmode=verify-full&application_name=x");
        let config = config.unwrap();
        assert_eq!(config.get_application_name(), Some("x"));
        assert_eq!(config.get_connect_timeout().map(|time| time.as_secs()), Some(3));
        assert_eq!(config.get_dbname(), Some("crm"));
        let config = parse_url("host=db user=ann sslmode=require").unwrap();
        assert_eq!(config.get_ssl_mode(), SslMode::Require);
    }

    #[test]
    fn a_socket_needs_no_tls_whatever_the_mode() {
        let (mode, ..) = read("postgres://ann@%2Frun%2Fpostgresql/crm?sslmode=verify-full");
        assert_eq!(mode, SslMode::Disable);
    }

    #[test]
    fn what_cannot_be_read_is_told_without_any_part_of_the_password() {
        for (url, expected) in [
            ("postgres://ann:pa55@word@db/crm", "%40"),
            ("postgres://ann:secret@db:port/crm", "`port`"),
            ("postgres://ann:secret@db/crm?pa55word=1", "not known"),
            ("ann secret", "cannot be read"),
        ] {
            let error = parse_url(url).err().unwrap_or_else(|| panic!("{url}"));
            assert!(error.contains(expected), "{url}: {error}");
            for part in ["pa55", "word", "secret"] {
                assert!(!error.replace("password", "").contains(part), "{url}: {error}");
            }
        }
    }

    #[test]
    fn a_misspelt_mode_is_refused_and_shows_no_password() {
        for url in [
            "postgres://ann:pa55@db/crm?sslmode=verify",
            "postgres://ann:pa55@db/crm?sslmode=",
        ] {
            let error = parse_url(url).unwrap_err();
            assert!(
                error.contains("verify-full") && !error.contains("pa55"),
                "{error}"
            );
        }
    }
}
