//! Pages of other origins: a browser lets them read nothing, since no answer allows it.

use tests::TestServer;
use tests::fixture::KEY;

#[tokio::test(flavor = "multi_thread")]
async fn no_other_origin_is_let_in() {
    let server = TestServer::unlimited().await;
    let asked = [
        ("access-control-request-method", "PATCH"),
        ("access-control-request-headers", "authorization,content-type"),
    ];
    for path in [
        "/v1/users/me",
        "/v1/people",
        "/v1/nothing",
        "/openapi.json",
        "/docs",
        "/",
    ] {
        for origin in ["https://evil.example", "null", "http://127.0.0.1:8080"] {
            for method in ["OPTIONS", "GET", "POST"] {
                for key in ["", KEY] {
                    let headers = [("origin", origin), asked[0], asked[1]];
                    let answer = server.rest_as(key).send_with(method, path, &headers, "").await;
                    let allows = |name: &&http::HeaderName| name.as_str().starts_with("access-control-");
                    assert_eq!(answer.headers.keys().find(allows), None, "{method} {path}");
                    // A preflight that is answered well is a yes to some.
                    assert!(
                        method != "OPTIONS" || answer.status.is_client_error(),
                        "{path} {}",
                        answer.status
                    );
                }
            }
        }
    }
}
