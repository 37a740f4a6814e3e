use proto::v1::{BatchCreatePeopleRequest, CreatePersonRequest};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;

#[tokio::test]
async fn the_key_of_a_create_goes_to_the_core() {
    let core = FakeCore::default();
    let longest = "x".repeat(255);
    for key in ["a b", &longest, "ключ"] {
        send(&core, "POST", "/v1/people", &[("idempotency-key", key)], "{}").await;
        assert_eq!(
            core.asked::<CreatePersonRequest>().last().unwrap().request_id,
            key
        );
    }
    let headers = [("idempotency-key", "k")];
    send(&core, "POST", "/v1/people/batch", &headers, r#"{"people": [{}]}"#).await;
    assert_eq!(core.asked::<BatchCreatePeopleRequest>()[0].request_id, "k");
}

#[tokio::test]
async fn a_key_that_is_too_long_or_comes_twice_is_an_issue_beside_the_others() {
    let core = FakeCore::default();
    let long = "x".repeat(256);
    let answer = send(
        &core,
        "POST",
        "/v1/people",
        &[("idempotency-key", &long)],
        r#"{"x": 1}"#,
    )
    .await;
    assert_eq!(answer.issue_paths(), json!([[], ["Idempotency-Key"]]));
    assert_eq!(answer.issues()[1]["maximum"], 255);
    let asked = core.asked_once::<CreatePersonRequest>();
    assert!(asked.validate_only && asked.request_id.is_empty());

    let twice = [("idempotency-key", "a"), ("idempotency-key", "b")];
    let answer = send(&core, "POST", "/v1/people", &twice, "{}").await;
    assert_eq!(answer.issue_paths(), json!([["Idempotency-Key"]]));
}

#[tokio::test]
async fn what_is_only_validated_is_not_kept_under_the_key() {
    let core = FakeCore::default();
    send(&core, "POST", "/v1/people", &[("idempotency-key", "k")], "[]").await;
    assert_eq!(core.asked_once::<CreatePersonRequest>().request_id, "");
}

#[tokio::test]
async fn a_key_that_was_used_for_something_else_is_named_as_the_header() {
    let core = FakeCore::default().failing(refusal(&["request_id"]));
    let answer = send(&core, "POST", "/v1/people", &[("idempotency-key", "k")], "{}").await;
    assert_eq!(answer.issue_paths(), json!([["Idempotency-Key"]]));
}
