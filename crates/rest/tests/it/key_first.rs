use proto::v1::GetUserRequest;

use crate::fake_core::FakeCore;
use crate::rest_client::{Answer, send};

const ANY: [(&str, &str, &str); 8] = [
    ("POST", "/v1/people", "{}"),
    ("POST", "/v1/people", "{"),
    ("POST", "/v1/people", "[]"),
    ("GET", "/v1/people/x?y=z", ""),
    ("GET", "/v1/nothing", ""),
    ("GET", "/v1", ""),
    ("PUT", "/v1/people", ""),
    ("BREW", "/v1/users/me", ""),
];

async fn assert_unauthorized(answer: Answer) {
    assert_eq!(answer.error(), (401, "UNAUTHORIZED".to_owned()));
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    assert_eq!(answer.header("allow"), "");
    assert_eq!(answer.header("x-ratelimit-limit"), "");
}

#[tokio::test]
async fn without_a_good_key_everything_is_401() {
    for (method, path, body) in ANY {
        for key in ["", "Bearer bad", "Basic good"] {
            let headers = [
                ("authorization", key),
                ("x-api-version", "1"),
                ("content-type", "text/plain"),
            ];
            assert_unauthorized(send(&FakeCore::default(), method, path, &headers, body).await).await;
        }
    }
}

#[tokio::test]
async fn without_a_key_the_body_is_not_even_looked_at() {
    let core = FakeCore::default();
    send(&core, "POST", "/v1/people", &[("authorization", "")], "{}").await;
    assert_eq!(core.asked_once::<GetUserRequest>().id, "me");
}

#[tokio::test]
async fn with_a_key_the_refusals_of_the_facade_follow_with_the_rate_limit() {
    for (method, path, expected) in [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/", 404),
        ("PUT", "/v1/people", 405),
    ] {
        let answer = send(&FakeCore::default(), method, path, &[], "").await;
        assert_eq!(answer.error().0, expected, "{path}");
        assert_eq!(answer.header("x-ratelimit-limit"), "600");
        assert_eq!(answer.header("x-ratelimit-reset"), "1759320000");
    }
    let answer = send(&FakeCore::default(), "DELETE", "/v1/people", &[], "").await;
    assert!(answer.header("allow").contains("POST"));
}

#[tokio::test]
async fn outside_of_the_api_no_key_is_asked_for() {
    let core = FakeCore::default();
    for (method, path, expected) in [
        ("GET", "/nothing", 404),
        ("GET", "/v10", 404),
        ("POST", "/docs", 405),
    ] {
        assert_eq!(
            send(&core, method, path, &[("authorization", "")], "")
                .await
                .error()
                .0,
            expected,
            "{path}"
        );
    }
    assert_eq!(core.calls(), 0);
}
