use std::time::Duration;

use serde_json::json;

use crate::fake_core::{AUTHORIZATION, FakeCore};
use crate::rest_client::{create, send, send_with, settings};

const OWN_ID: &str = "0199a1c4-7a39-7c1e-9d52-3f6d1c2b8a70";

#[tokio::test]
async fn the_callers_request_id_is_on_every_answer_and_goes_to_the_core() {
    let core = FakeCore::default();
    for (method, path) in [
        ("POST", "/v1/people"),
        ("GET", "/v1/x"),
        ("GET", "/x"),
        ("GET", "/docs"),
        ("GET", "/"),
    ] {
        let answer = send(&core, method, path, &[("x-request-id", OWN_ID)], "{}").await;
        assert_eq!(answer.header("x-request-id"), OWN_ID, "{path}");
    }
    assert_eq!(core.metadata().get("x-request-id").unwrap(), OWN_ID);
    let answer = send(&core, "GET", "/x", &[("x-request-id", "mine")], "").await;
    assert_eq!(answer.json()["error"]["requestId"], answer.header("x-request-id"));
    assert_ne!(answer.header("x-request-id"), "mine");
}

#[tokio::test]
async fn the_core_gets_the_key_a_deadline_and_the_wish_for_all_violations() {
    let core = FakeCore::default();
    create(&core, "{}").await;
    let metadata = core.metadata();
    assert_eq!(metadata.get("authorization").unwrap(), AUTHORIZATION);
    assert_eq!(metadata.get("x-violation-limit").unwrap(), "10000");
    assert!(metadata.contains_key("grpc-timeout"));
}

#[tokio::test]
async fn an_error_says_where_to_read_on() {
    let error = send(&FakeCore::default(), "GET", "/x", &[], "").await.json()["error"].clone();
    assert_eq!(
        error["documentationUrl"],
        "https://crm.test/docs/errors#not-found"
    );
    assert!(error["timestamp"].as_str().unwrap().ends_with('Z'));
    assert_eq!(error.get("details"), None);
}

#[tokio::test]
async fn deprecations_are_listed_only_when_there_are_any() {
    assert_eq!(
        create(&FakeCore::default(), "{}")
            .await
            .json()
            .get("deprecations"),
        None
    );
    let core = FakeCore::default()
        .deprecating("ä is now ö")
        .deprecating("b is now c");
    let version = [("x-api-version", "2025-05-26")];
    let answer = send(&core, "POST", "/v1/people", &version, "{}").await;
    assert_eq!(
        answer.json()["deprecations"],
        json!([
            "ä is now ö",
            "b is now c",
            "API version 2025-05-26 is not the newest, which is 2025-06-09"
        ])
    );
}

#[tokio::test]
async fn an_unknown_version_is_a_bad_request() {
    for (version, expected) in [
        ("2025-06-09", 200),
        ("2025-05-26", 200),
        ("2024-01-01", 400),
        ("newest", 400),
    ] {
        let headers = [("x-api-version", version)];
        assert_eq!(
            send(&FakeCore::default(), "GET", "/v1/users/me", &headers, "")
                .await
                .status,
            expected,
            "{version}"
        );
    }
}

#[tokio::test]
async fn a_core_that_does_not_answer_is_unavailable() {
    let mut settings = settings();
    settings.timeout = Duration::from_millis(20);
    let answer = send_with(
        &FakeCore::default().silent(),
        settings,
        "GET",
        "/v1/users/me",
        &[],
        Vec::new(),
    )
    .await;
    assert_eq!(answer.error(), (503, "SERVICE_UNAVAILABLE".to_owned()));
    assert_eq!(answer.header("retry-after"), "1");
}

#[tokio::test]
async fn a_panic_is_an_answer() {
    let core = FakeCore::default().panicking();
    let answer = send(&core, "GET", "/v1/users/me", &[("x-request-id", OWN_ID)], "").await;
    assert_eq!(answer.error(), (500, "INTERNAL_SERVER_ERROR".to_owned()));
    assert_eq!(answer.header("x-request-id"), OWN_ID);
    assert!(!answer.text.contains("as the test wants it"));
}
