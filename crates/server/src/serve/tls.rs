//! The certificates of the listeners.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::commands::Failure;

/// Two settings that belong together: a file, and the variable that names it.
pub(crate) struct Identity<'a> {
    pub(crate) cert: (Option<&'a Path>, &'static str),
    pub(crate) key: (Option<&'a Path>, &'static str),
}

impl Identity<'_> {
    /// What meets clients with this certificate; nothing if none is set.
    pub(crate) fn acceptor(&self) -> Result<Option<TlsAcceptor>, Failure> {
        let (cert, key) = match (self.cert, self.key) {
            ((None, _), (None, _)) => return Ok(None),
            ((Some(cert), _), (Some(key), _)) => (cert, key),
            ((Some(_), set), (None, missing)) | ((None, missing), (Some(_), set)) => {
                return Err(format!("{set} is set and {missing} is not: TLS needs both").into());
            }
        };
        let chain = certificates(cert, self.cert.1)?;
        let private = PrivateKeyDer::from_pem_file(key)
            .map_err(|error| unusable("private key", key, self.key.1, &error))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, private)
            .map_err(|error| {
                format!(
                    "the certificate {} ({}) and the private key {} ({}) cannot be used together: {error}",
                    cert.display(),
                    self.cert.1,
                    key.display(),
                    self.key.1
                )
            })?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Some(TlsAcceptor::from(Arc::new(config))))
    }
}

/// The certificates in a file, in their order; at least one.
pub(super) fn certificates(path: &Path, setting: &str) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let problem = |error| unusable("certificate", path, setting, &error);
    let found = CertificateDer::pem_file_iter(path)
        .map_err(problem)?
        .collect::<Result<Vec<_>, _>>()
        .map_err(problem)?;
    if found.is_empty() {
        return Err(unusable(
            "certificate",
            path,
            setting,
            &rustls::pki_types::pem::Error::NoItemsFound,
        ));
    }
    Ok(found)
}

fn unusable(what: &str, path: &Path, setting: &str, error: &rustls::pki_types::pem::Error) -> Failure {
    format!(
        "{setting} names no {what} in PEM form that can be read: {}: {error}",
        path.display()
    )
    .into()
}
