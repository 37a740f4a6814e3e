//! The headers that a caller may send with any request.

use proto::v1::GetUserRequest;
use serde_json::json;
use tests::fixture::KEY;
use tests::{TestServer, sample};
use tonic_types::StatusExt as _;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn the_request_id_is_the_callers_if_it_is_a_uuid() {
    let server = TestServer::start().await;
    let own = "0199a1c4-7a39-4c1e-9d52-3f6d1c2b8a70";
    for path in ["/v1/users/me", "/v1/people/1", "/v1/nothing", "/docs", "/nothing"] {
        for key in [KEY, ""] {
            let rest = server.rest_as(key);
            let answer = rest.send_with("GET", path, &[("x-request-id", own)], "").await;
            assert_eq!(answer.header("x-request-id"), own, "{path}");
            for other in [
                "",
                "7",
                "0199a1c47a394c1e9d523f6d1c2b8a70",
                "<script>",
                &"x".repeat(5000),
            ] {
                let answer = rest.send_with("GET", path, &[("x-request-id", other)], "").await;
                let id = answer.header("x-request-id");
                assert!(id != other && Uuid::parse_str(id).is_ok(), "{path} {id}");
            }
            let answer = rest.send("GET", path, "").await;
            assert!(Uuid::parse_str(answer.header("x-request-id")).is_ok(), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn grpc_callers_get_their_request_id_as_metadata_and_in_errors() {
    let server = TestServer::start().await;
    let own = "0199a1c4-7a39-4c1e-9d52-3f6d1c2b8a70";
    let mut users = server.grpc_as(KEY).users;
    let asked = |id: &str| {
        let mut request = tonic::Request::new(GetUserRequest { id: id.to_owned() });
        request
            .metadata_mut()
            .insert("x-request-id", own.parse().unwrap());
        request
    };
    let answer = users.get_user(asked("me")).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap(), own);
    let status = users.get_user(asked("usr_1")).await.unwrap_err();
    assert_eq!(status.metadata().get("x-request-id").unwrap(), own);
    let details = status.get_error_details();
    assert_eq!(details.request_info().unwrap().request_id, own);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_version_is_the_newest_unless_another_known_one_is_asked_for() {
    let server = TestServer::start().await;
    let with = async |version: &str| {
        let headers = [("x-api-version", version), ("content-type", "application/json")];
        server.rest().send_with("GET", "/v1/users/me", &headers, "").await
    };
    for answer in [
        with("2025-06-09").await,
        server.rest().send("GET", "/v1/users/me", "").await,
    ] {
        assert_eq!(answer.json(), json!({"data": sample::john()}));
    }
    let older = with("2025-05-26").await.json();
    assert_eq!(older["data"], sample::john());
    let deprecations = older["deprecations"].as_array().unwrap();
    assert_eq!(deprecations.len(), 1);
    assert!(deprecations[0].as_str().unwrap().contains("2025-06-09"));

    for unknown in ["2025-06-10", "2025-6-9", "latest", "", "2025-06-09 "] {
        let answer = with(unknown).await;
        // The white space around a header's value is no part of it.
        if unknown.trim() == "2025-06-09" {
            assert_eq!(answer.status, 200);
        } else {
            assert_eq!(answer.error(), (400, "INVALID_REQUEST".to_owned()), "{unknown}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_version_and_a_former_name_are_both_told() {
    let server = TestServer::start().await;
    let group = tests::fixture::EVERYTHING;
    let body = json!({"groups": [{"id": group}], "customFieldValues": {group: {"Formerly": "x"}}});
    let headers = [
        ("x-api-version", "2025-05-26"),
        ("content-type", "application/json"),
    ];
    let answer = server
        .rest()
        .send_with("POST", "/v1/people", &headers, body.to_string())
        .await;
    assert_eq!(
        answer.json()["deprecations"].as_array().unwrap().len(),
        2,
        "{}",
        answer.text
    );
}
