//! The doors for REST and gRPC.

use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Empty};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use proto::v1::GetPersonRequest;
use proto::v1::people_service_client::PeopleServiceClient;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tests::fixture::{BOB, KEY};
use tests::{Program, RestClient, TestDatabase, command};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tonic::Request;
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint};

use super::authority::Authority;

const LOCALHOST: &str = "127.0.0.1";

/// A program whose two listeners have certificates, over the fixture.
async fn encrypted(database: &TestDatabase, authority: &Authority) -> Program {
    let signed = authority.sign(LOCALHOST);
    let cert = authority.put("server.crt", &signed.cert);
    let key = authority.put("server.key", &signed.key);
    let mut serve = command(database.url());
    serve.arg("serve");
    for (name, file) in [
        ("PEOPLE_REST_TLS_CERT", &cert),
        ("PEOPLE_REST_TLS_KEY", &key),
        ("PEOPLE_GRPC_TLS_CERT", &cert),
        ("PEOPLE_GRPC_TLS_KEY", &key),
    ] {
        serve.env(name, file);
    }
    Program::start(serve).await
}

/// A connection over TLS, for a client that trusts this authority and offers these protocols.
async fn connect(
    address: SocketAddr,
    trusted: &Authority,
    protocols: &[&str],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(trusted.pem().as_bytes()).unwrap();
    roots.add(root).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from(LOCALHOST).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

#[tokio::test(flavor = "multi_thread")]
async fn rest_speaks_https_to_those_who_trust_its_authority() {
    let (database, authority) = (TestDatabase::new().await, Authority::new());
    let program = encrypted(&database, &authority).await;

    let stream = connect(program.rest(), &authority, &["http/1.1"]).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .unwrap();
    tokio::spawn(connection);
    let request = http::Request::get(format!("/v1/people/{BOB}"))
        .header("host", program.rest().to_string())
        .header("authorization", format!("Bearer {KEY}"))
        .body(Empty::<Bytes>::new())
        .unwrap();
    let answer = sender.send_request(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&body).contains("Bob Smith"));

    let stream = connect(program.rest(), &authority, &["h2", "http/1.1"])
        .await
        .unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));

    let stranger = connect(program.rest(), &Authority::new(), &[]).await.unwrap_err();
    assert!(
        stranger.to_string().contains("invalid peer certificate"),
        "{stranger}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_to_a_listener_with_a_certificate_is_closed_without_an_answer() {
    let (database, authority) = (TestDatabase::new().await, Authority::new());
    let program = encrypted(&database, &authority).await;
    let mut stream = TcpStream::connect(program.rest()).await.unwrap();
    stream
        .write_all(b"GET /v1/people HTTP/1.1\r\nhost: people\r\n\r\n")
        .await
        .unwrap();
    let mut heard = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut heard).await;
    assert!(!heard.starts_with(b"HTTP"), "{heard:?}");
    connect(program.rest(), &authority, &[])
        .await
        .expect("it still serves");
}

#[tokio::test(flavor = "multi_thread")]
async fn grpc_speaks_tls_to_those_who_trust_its_authority() {
    let (database, authority) = (TestDatabase::new().await, Authority::new());
    let program = encrypted(&database, &authority).await;
    let address = format!("https://{}", program.grpc());
    let trusting = |authority: &Authority| {
        let tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(authority.pem()));
        Endpoint::from_shared(address.clone())
            .unwrap()
            .tls_config(tls)
            .unwrap()
    };
    let mut people = PeopleServiceClient::new(trusting(&authority).connect().await.unwrap());
    let mut request = Request::new(GetPersonRequest { id: BOB.to_owned() });
    let metadata = request.metadata_mut();
    metadata.insert("authorization", format!("Bearer {KEY}").parse().unwrap());
    assert_eq!(people.get_person(request).await.unwrap().into_inner().id, BOB);

    assert!(trusting(&Authority::new()).connect().await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_facade_reaches_its_core_over_tls_and_only_with_its_authority() {
    let (database, authority) = (TestDatabase::new().await, Authority::new());
    let core = encrypted(&database, &authority).await;
    let (trusted, other) = (authority.file(), Authority::new());
    let stranger = other.file();
    for (scheme, authorities, reached) in [
        ("https", &trusted, true),
        ("https", &stranger, false),
        ("http", &trusted, false),
    ] {
        let upstream = format!("{scheme}://{}", core.grpc());
        let mut serve = command(database.url());
        serve
            .args(["serve", "rest", "--upstream", &upstream])
            .env("PEOPLE_UPSTREAM_CA", authorities)
            .env("PEOPLE_LOG", "off");
        let facade = Program::start(serve).await;
        let client = RestClient {
            address: facade.rest(),
            key: KEY.to_owned(),
        };
        let answer = client.send("GET", &format!("/v1/people/{BOB}"), "").await;
        assert_eq!(answer.status == 200, reached, "{scheme}: {}", answer.text);
        assert_eq!(
            answer.status.is_server_error(),
            !reached,
            "{scheme}: {}",
            answer.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_make_no_certificate_end_the_start_with_their_setting() {
    let (database, authority) = (TestDatabase::empty().await, Authority::new());
    let (one, another) = (authority.sign(LOCALHOST), authority.sign(LOCALHOST));
    let cert = authority.put("one.crt", &one.cert);
    let key = authority.put("one.key", &one.key);
    let wrong_key = authority.put("another.key", &another.key);
    let rubbish = authority.put("rubbish.pem", "no PEM\n");
    let missing = "/nowhere/server.pem".to_owned();
    for (cert, key, named) in [
        (Some(&cert), None, "PEOPLE_REST_TLS_KEY"),
        (None, Some(&key), "PEOPLE_REST_TLS_CERT"),
        (Some(&missing), Some(&key), "PEOPLE_REST_TLS_CERT"),
        (Some(&rubbish), Some(&key), "PEOPLE_REST_TLS_CERT"),
        (Some(&cert), Some(&rubbish), "PEOPLE_REST_TLS_KEY"),
        (Some(&cert), Some(&wrong_key), "cannot be used together"),
    ] {
        let mut serve = command(database.url());
        serve.arg("serve");
        serve.env("PEOPLE_REST_ADDR", "127.0.0.1:0");
        serve.env("PEOPLE_GRPC_ADDR", "127.0.0.1:0");
        for (name, file) in [("PEOPLE_REST_TLS_CERT", cert), ("PEOPLE_REST_TLS_KEY", key)] {
            serve.envs(file.map(|file| (name, file)));
        }
        let output = serve.output().await.unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && said.starts_with("error: ") && said.contains(named),
            "{named}: {said}"
        );
    }
}
