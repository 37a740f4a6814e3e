use proto::v1::{CreateUserRequest, DeactivateUserRequest, ListUsersResponse, User};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;

fn jane() -> User {
    User {
        id: "usr_1".to_owned(),
        full_name: "Jane Doe".to_owned(),
        email: "jane@example.com".to_owned(),
    }
}

#[tokio::test]
async fn users_are_listed() {
    let core = FakeCore::default().answering(ListUsersResponse {
        users: vec![jane()],
        next_page_token: String::new(),
    });
    let answer = send(&core, "GET", "/v1/users", &[], "").await;
    assert_eq!(
        answer.json()["data"]["items"],
        json!([{"id": "usr_1", "fullName": "Jane Doe", "email": "jane@example.com"}])
    );
}

#[tokio::test]
async fn a_user_is_created_and_deactivated() {
    let core = FakeCore::default().answering(jane());
    let body = r#"{"fullName": "Jane Doe", "email": "jane@example.com"}"#;
    let answer = send(&core, "POST", "/v1/users", &[], body).await;
    assert_eq!(answer.json()["data"]["id"], "usr_1");
    let created = core.asked_once::<CreateUserRequest>();
    assert!(!created.validate_only);
    let user = created.user.unwrap();
    assert_eq!((user.full_name, user.email), (jane().full_name, jane().email));

    let answer = send(&core, "DELETE", "/v1/users/usr_1", &[], "").await;
    assert_eq!(answer.json(), json!({"data": {"id": "usr_1"}}));
    assert_eq!(core.asked::<DeactivateUserRequest>()[0].id, "usr_1");
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_place() {
    let core = FakeCore::default().failing(refusal(&["user.email"]));
    let answer = send(&core, "POST", "/v1/users", &[], r#"{"email": "x"}"#).await;
    assert_eq!(answer.issue_paths(), json!([["fullName"], ["email"]]));
    assert!(core.asked_once::<CreateUserRequest>().validate_only);
    let core = FakeCore::default().failing(refusal(&["id"]));
    let answer = send(&core, "DELETE", "/v1/users/x", &[], "").await;
    assert_eq!(answer.issue_paths(), json!([["userId"]]));
    let answer = send(&core, "DELETE", "/v1/users/me", &[], "").await;
    assert_eq!((answer.error().0, answer.header("allow")), (405, "GET,HEAD"));
}
