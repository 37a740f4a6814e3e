//! Getting users.

use serde_json::{Value, json};
use tests::fixture::{BOB, JANE, JOHN, KEY, OTHER_KEY, READ_KEY};
use tests::{Refused, TestServer, sample};

#[tokio::test(flavor = "multi_thread")]
async fn me_is_the_user_of_the_key() {
    let server = TestServer::start().await;
    for (key, user) in [
        (KEY, sample::john()),
        (READ_KEY, sample::jane()),
        (
            OTHER_KEY,
            json!({"id": tests::fixture::OTHER_USER, "fullName": "Eve", "email": "eve@example.com"}),
        ),
    ] {
        for api in server.both_as(key) {
            assert_eq!(api.user("me").await.unwrap(), user, "{}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_of_the_workspace_is_found_by_id() {
    let server = TestServer::start().await;
    for api in server.both_as(READ_KEY) {
        assert_eq!(api.user(JOHN).await.unwrap(), sample::john(), "{}", api.name());
        assert_eq!(api.user(JANE).await.unwrap(), sample::jane(), "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_is_found() {
    let server = TestServer::start().await;
    for api in server.both() {
        for id in [
            "usr_00000000-0000-7000-8000-000000000000",
            BOB,
            &JOHN.to_uppercase(),
        ] {
            let refused = api.user(id).await.unwrap_err();
            assert_eq!(
                refused,
                Refused::with_code("RESOURCE_NOT_FOUND"),
                "{} {id}",
                api.name()
            );
        }
        // The path names the field as its own door does.
        let field = if api.name() == "REST" { "userId" } else { "id" };
        for (id, code) in [
            ("Me", "too_small"),
            ("usr_1", "too_small"),
            (&format!("{JOHN}0"), "too_big"),
        ] {
            let refused = api.user(id).await.unwrap_err();
            let expected: (Value, &str) = (json!([field]), code);
            assert_eq!(refused, Refused::for_issues(&[expected]), "{} {id}", api.name());
        }
    }
}
