use proto::v1::{DeletePersonRequest, GetUserRequest};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;

#[tokio::test]
async fn a_deleted_person_is_answered_by_its_id() {
    let core = FakeCore::default();
    let headers = [("if-match", "\"e1\""), ("content-type", "text/plain")];
    let answer = send(&core, "DELETE", "/v1/people/per_1", &headers, "").await;
    assert_eq!(answer.json(), json!({"data": {"id": "per_1"}}));
    assert_eq!(answer.header("x-ratelimit-limit"), "600");
    assert_eq!(
        core.asked_once::<DeletePersonRequest>(),
        DeletePersonRequest {
            id: "per_1".to_owned(),
            etag: "e1".to_owned()
        }
    );
}

#[tokio::test]
async fn any_etag_is_no_condition() {
    let core = FakeCore::default();
    send(&core, "DELETE", "/v1/people/per_1", &[("if-match", "*")], "").await;
    assert_eq!(core.asked_once::<DeletePersonRequest>().etag, "");
}

#[tokio::test]
async fn nothing_is_deleted_when_the_etag_cannot_be_read() {
    let core = FakeCore::default();
    let answer = send(&core, "DELETE", "/v1/people/per_1", &[("if-match", "e1")], "").await;
    assert_eq!(answer.issues()[0]["path"], json!(["If-Match"]));
    core.asked_once::<GetUserRequest>();
}

#[tokio::test]
async fn what_the_core_refuses_is_named_as_the_caller_wrote_it() {
    let core = FakeCore::default().failing(refusal(&["id", "etag"]));
    let answer = send(&core, "DELETE", "/v1/people/x", &[], "").await;
    assert_eq!(answer.issues()[0]["path"], json!(["personId"]));
    assert_eq!(answer.issues()[1]["path"], json!(["If-Match"]));
}
