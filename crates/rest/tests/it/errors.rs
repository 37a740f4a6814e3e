use serde_json::json;
use tonic::{Code, Status};

use crate::fake_core::{FakeCore, failure};
use crate::rest_client::{create, send};

#[tokio::test]
async fn every_failure_of_the_core_has_its_published_form() {
    for (code, reason, expected) in [
        (Code::InvalidArgument, "INVALID", 422),
        (Code::Unauthenticated, "UNAUTHENTICATED", 401),
        (Code::PermissionDenied, "SCOPE_MISSING", 403),
        (Code::NotFound, "NOT_FOUND", 404),
        (Code::Aborted, "CONFLICT", 409),
        (Code::AlreadyExists, "CONFLICT", 409),
        (Code::FailedPrecondition, "", 412),
        (Code::ResourceExhausted, "RATE_LIMITED", 429),
        (Code::ResourceExhausted, "TOO_LARGE", 413),
        (Code::ResourceExhausted, "", 503),
        (Code::Unavailable, "UNAVAILABLE", 503),
        (Code::DeadlineExceeded, "DEADLINE", 503),
        (Code::DeadlineExceeded, "FILTER_TOO_BROAD", 503),
        (Code::Internal, "INTERNAL", 500),
        (Code::Unknown, "", 500),
        (Code::Cancelled, "", 500),
        (Code::DataLoss, "", 500),
        (Code::Unimplemented, "", 500),
        (Code::OutOfRange, "", 500),
    ] {
        let core = FakeCore::default().failing(failure(code, reason, &[], vec![]));
        let answer = send(&core, "GET", "/v1/people/x", &[], "").await;
        assert_eq!(answer.error().0, expected, "{code:?}");
        assert_eq!(answer.header("x-ratelimit-limit"), "600");
        assert_eq!(
            !answer.header("retry-after").is_empty(),
            [429, 503].contains(&expected),
            "{code:?}"
        );
    }
}

#[tokio::test]
async fn the_rate_limit_says_when_to_come_back() {
    let metadata = [("limit", "600"), ("remaining", "0"), ("reset", "1759320060")];
    let core = FakeCore::default().failing(failure(
        Code::ResourceExhausted,
        "RATE_LIMITED",
        &metadata,
        vec![],
    ));
    let answer = create(&core, "{}").await;
    assert_eq!(answer.error(), (429, "RATE_LIMIT_EXCEEDED".to_owned()));
    assert_eq!(
        answer.json()["error"]["details"],
        json!({"limit": 600, "remaining": 0, "retryAfter": "2025-10-01T12:01:00.000Z"})
    );
}

#[tokio::test]
async fn a_conflict_names_the_other_record() {
    let taken = failure(Code::AlreadyExists, "NAME_TAKEN", &[("id", "com_1")], vec![]);
    let answer = create(&FakeCore::default().failing(taken), "{}").await;
    assert_eq!(answer.error(), (409, "CONFLICT".to_owned()));
    assert_eq!(answer.json()["error"]["details"], json!({"id": "com_1"}));
}

#[tokio::test]
async fn a_failed_precondition_comes_with_the_present_etag() {
    let stale = failure(
        Code::FailedPrecondition,
        "ETAG_MISMATCH",
        &[("etag", "e2")],
        vec![],
    );
    let answer = send(
        &FakeCore::default().failing(stale),
        "DELETE",
        "/v1/people/x",
        &[],
        "",
    )
    .await;
    assert_eq!(answer.error(), (412, "PRECONDITION_FAILED".to_owned()));
    assert_eq!(answer.json()["error"]["details"], json!({"etag": "e2"}));
    assert_eq!(answer.header("etag"), "\"e2\"");
}

#[tokio::test]
async fn nothing_internal_is_shown() {
    let core = FakeCore::default().failing(Status::internal("column secret does not exist"));
    let answer = create(&core, "{}").await;
    assert_eq!(answer.error().0, 500);
    assert!(!answer.text.contains("secret"));
}

#[tokio::test]
async fn a_refusal_without_violations_still_has_an_issue() {
    let core = FakeCore::default().failing(Status::invalid_argument("no"));
    assert_eq!(
        create(&core, "{}").await.issues(),
        json!([{"code": "custom", "path": [], "message": "no"}])
    );
}
