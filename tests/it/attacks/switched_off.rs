//! What an operator does not offer, and what nobody offers unless told to.

use std::net::SocketAddr;

use serde_json::Value;
use tests::fixture::KEY;
use tests::{TestDatabase, TestServer, people};

#[tokio::test(flavor = "multi_thread")]
async fn without_docs_nothing_tells_of_the_service() {
    let server = TestServer::start_with(TestDatabase::new().await, &[("PEOPLE_DOCS", "false")]).await;
    for key in ["", KEY] {
        for path in [
            "/",
            "/docs",
            "/docs/errors",
            "/docs/start.js",
            "/docs/assets/swagger-ui.css",
            "/openapi.json",
        ] {
            let answer = server.rest_as(key).send("GET", path, "").await;
            assert_eq!(answer.status, 404, "{path}");
        }
    }
    assert_eq!(server.rest().send("GET", "/v1/users/me", "").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn unless_told_otherwise_only_this_machine_reaches_the_service() {
    let output = people("postgres://nobody@localhost/nothing", &["config", "--json"]).await;
    let settings: Value = serde_json::from_slice(&output.stdout).unwrap();
    let addresses: Vec<_> = settings
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["variable"].as_str().unwrap().ends_with("_ADDR"))
        .collect();
    assert!(addresses.len() >= 3, "{addresses:?}");
    for one in addresses {
        // Nothing is no listener.
        if let Some(address) = one["value"].as_str() {
            let address: SocketAddr = address.parse().expect(address);
            assert!(address.ip().is_loopback(), "{one}");
        }
    }
}
