//! Several programs on one database: what one is told holds for all.

use std::time::Duration;

use tests::fixture::{KEY, WRITE_KEY};
use tests::{Api, GrpcClient, Program, Refused, RestClient, TestServer, command};

/// Both doors of another program.
fn doors(program: &Program, key: &str) -> [Api; 2] {
    [
        Api::Rest(RestClient {
            address: program.rest(),
            key: key.to_owned(),
        }),
        Api::Grpc(Box::new(GrpcClient::new(program.grpc(), key))),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_one_instance_revokes_ends_at_the_others() {
    let server = TestServer::unlimited().await;
    let mut serve = command(server.database.url());
    serve.arg("serve").env("PEOPLE_RATE_LIMIT", "0");
    let other = Program::start(serve).await;
    for api in doors(&other, WRITE_KEY) {
        assert!(api.user("me").await.is_ok(), "{}", api.name());
    }

    let id = format!("SELECT 'key_' || id FROM api_keys WHERE secret_hash = sha256('{WRITE_KEY}'::bytea)");
    let path = format!("/v1/api-keys/{}", server.database.text(&id).await);
    assert_eq!(server.rest().send("DELETE", &path, "").await.status, 200);

    // Promised within a second; a busy machine is given more.
    for api in doors(&other, WRITE_KEY) {
        let mut tries = 0;
        while api.user("me").await.is_ok() {
            tries += 1;
            assert!(tries < 200, "{} still takes the key", api.name());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let refused = api.user("me").await.unwrap_err();
        assert_eq!(refused, Refused::with_code("UNAUTHORIZED"), "{}", api.name());
    }
    for api in doors(&other, KEY) {
        assert!(api.user("me").await.is_ok(), "another key stays: {}", api.name());
    }
}
