use proto::v1::api_key::Scope;
use proto::v1::{ApiKey, CreateApiKeyRequest, ListApiKeysResponse, RevokeApiKeyRequest};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;

fn key(secret: &str) -> ApiKey {
    let time = |seconds| Some(prost_types::Timestamp { seconds, nanos: 0 });
    ApiKey {
        id: "key_1".to_owned(),
        name: "sync".to_owned(),
        user_id: "usr_1".to_owned(),
        scope: Scope::Write.into(),
        create_time: time(0),
        expire_time: time(1),
        revoke_time: None,
        secret: secret.to_owned(),
    }
}

#[tokio::test]
async fn the_secret_of_a_key_is_in_the_answer_that_makes_it() {
    let core = FakeCore::default().answering(key("s3cret"));
    let body = r#"{"name": "sync", "scope": "write", "userId": "usr_1", "expiresAt": "2021-01-01T00:00:00.000+00:00"}"#;
    let answer = send(&core, "POST", "/v1/api-keys", &[], body).await;
    assert_eq!(
        answer.text,
        r#"{"data":{"id":"key_1","name":"sync","userId":"usr_1","scope":"write","createdAt":"1970-01-01T00:00:00.000Z","expiresAt":"1970-01-01T00:00:01.000Z","revokedAt":null,"secret":"s3cret"}}"#
    );
    let asked = core.asked_once::<CreateApiKeyRequest>();
    assert!(!asked.validate_only);
    let sent = asked.api_key.unwrap();
    assert_eq!((sent.name.as_str(), sent.user_id.as_str()), ("sync", "usr_1"));
    assert_eq!(sent.scope(), Scope::Write);
    assert_eq!(sent.expire_time.unwrap().seconds, 1_609_459_200);
}

#[tokio::test]
async fn keys_are_listed_without_secrets_and_revoked() {
    let core = FakeCore::default()
        .answering(ListApiKeysResponse {
            api_keys: vec![key("")],
            next_page_token: String::new(),
        })
        .answering(key(""));
    let answer = send(&core, "GET", "/v1/api-keys", &[], "").await;
    let item = &answer.json()["data"]["items"][0];
    assert_eq!((&item["scope"], item.get("secret")), (&json!("write"), None));
    let answer = send(&core, "DELETE", "/v1/api-keys/key_1", &[], "").await;
    assert_eq!(answer.json(), json!({"data": {"id": "key_1"}}));
    assert_eq!(core.asked::<RevokeApiKeyRequest>()[0].id, "key_1");
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_place() {
    let core = FakeCore::default().failing(refusal(&["api_key.user_id", "api_key.expire_time"]));
    let body = r#"{"scope": "root", "expiresAt": "2021-01-01T00:00:00Z"}"#;
    let answer = send(&core, "POST", "/v1/api-keys", &[], body).await;
    assert_eq!(
        answer.issue_paths(),
        json!([["name"], ["scope"], ["userId"], ["expiresAt"]])
    );
    assert_eq!(answer.issues()[1]["options"], json!(["read", "write", "admin"]));
    assert!(core.asked_once::<CreateApiKeyRequest>().validate_only);
    let core = FakeCore::default().failing(refusal(&["id"]));
    let answer = send(&core, "DELETE", "/v1/api-keys/x", &[], "").await;
    assert_eq!(answer.issue_paths(), json!([["keyId"]]));
}
