use serde_json::Value;

use crate::fake_core::FakeCore;
use crate::rest_client::{Answer, create, send, send_with, settings};

async fn get(path: &str) -> Answer {
    send(&FakeCore::default(), "GET", path, &[("authorization", "")], "").await
}

#[tokio::test]
async fn the_docs_come_with_the_service() {
    assert_eq!(get("/").await.header("location"), "docs");
    for path in [
        "/docs",
        "/docs?x=y",
        "/docs/start.js",
        "/docs/errors",
        "/openapi.json",
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.text.contains("//cdn"), "{path}");
    }
    assert!(get("/docs/assets/swagger-ui-bundle.js").await.text.len() > 100_000);
    assert!(get("/docs/assets/swagger-ui.css").await.text.len() > 10_000);
}

#[tokio::test]
async fn the_docs_can_be_left_out() {
    let mut settings = settings();
    settings.docs = false;
    for path in ["/", "/docs", "/docs/errors", "/openapi.json"] {
        let answer = send_with(
            &FakeCore::default(),
            settings.clone(),
            "GET",
            path,
            &[],
            Vec::new(),
        )
        .await;
        assert_eq!(answer.error().0, 404, "{path}");
    }
}

#[tokio::test]
async fn every_documented_operation_exists_and_needs_a_key() {
    let document = get("/openapi.json").await.json();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let answer = send(&FakeCore::default(), &method.to_uppercase(), path, &[], "{}").await;
            assert_eq!(answer.status, 200, "{method} {path}");
            assert_eq!(get(path).await.status.as_u16() / 100, 4);
        }
    }
}

#[tokio::test]
async fn a_person_has_exactly_the_documented_keys() {
    let document = get("/openapi.json").await.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let documented = keys(&document["components"]["schemas"]["Person"]["properties"]);
    assert_eq!(
        keys(&create(&FakeCore::default(), "{}").await.json()["data"]),
        documented
    );
}

#[tokio::test]
async fn exactly_the_documented_keys_are_taken() {
    let document = get("/openapi.json").await.json();
    for (key, schema) in document["components"]["schemas"]["PersonCreate"]["properties"]
        .as_object()
        .unwrap()
    {
        let body = serde_json::json!({key: schema["examples"][0]}).to_string();
        assert_eq!(create(&FakeCore::default(), &body).await.status, 200, "{key}");
    }
    let examples =
        &document["paths"]["/v1/people"]["post"]["requestBody"]["content"]["application/json"]["examples"];
    for (name, example) in examples.as_object().unwrap() {
        assert_eq!(
            create(&FakeCore::default(), &example["value"].to_string())
                .await
                .status,
            200,
            "{name}"
        );
    }
}
