use std::collections::BTreeSet;

use serde_json::Value;

use crate::fake_core::FakeCore;
use crate::rest_client::{Answer, send, send_with, settings};

async fn get(path: &str) -> Answer {
    send(&FakeCore::default(), "GET", path, &[("authorization", "")], "").await
}

/// Each operation of the document: method, path, and what it says.
async fn documented() -> Vec<(String, String, Value)> {
    let document = get("/openapi.json").await.json();
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, operations)| {
        let operations = operations.as_object().unwrap().iter();
        operations.map(|(method, operation)| (method.to_uppercase(), path.clone(), operation.clone()))
    });
    operations.collect()
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
        let core = FakeCore::default();
        let answer = send_with(&core, settings.clone(), "GET", path, &[], Vec::new()).await;
        assert_eq!(answer.error().0, 404, "{path}");
    }
}

#[tokio::test]
async fn the_document_and_the_routes_are_the_same() {
    let routes: BTreeSet<_> = rest::operations()
        .into_iter()
        .map(|(method, path)| (method.to_string(), path.to_owned()))
        .collect();
    let documented = documented().await.into_iter();
    let documented: BTreeSet<_> = documented.map(|(method, path, _)| (method, path)).collect();
    assert_eq!(documented, routes);
}

#[tokio::test]
async fn every_documented_example_is_taken_with_a_key_alone() {
    let mut bodies = 0;
    for (method, path, operation) in documented().await {
        let examples = &operation["requestBody"]["content"]["application/json"]["examples"];
        let examples = match examples.as_object() {
            Some(examples) => examples.values().map(|one| one["value"].to_string()).collect(),
            None => vec![String::new()],
        };
        for body in examples {
            let answer = send(&FakeCore::default(), &method, &path, &[], &body).await;
            assert_eq!(answer.status, 200, "{method} {path} {body} {}", answer.text);
            let without_key = [("authorization", "")];
            let answer = send(&FakeCore::default(), &method, &path, &without_key, &body).await;
            assert_eq!(answer.status, 401, "{method} {path}");
            bodies += usize::from(!body.is_empty());
        }
    }
    assert!(bodies > 20, "{bodies}");
}

#[tokio::test]
async fn every_documented_query_parameter_is_taken() {
    let document = get("/openapi.json").await.json();
    for (method, path, operation) in documented().await {
        for parameter in operation["parameters"].as_array().unwrap() {
            let pointer = parameter["$ref"].as_str().map(|reference| &reference[1..]);
            let parameter = pointer.map_or(parameter, |pointer| document.pointer(pointer).unwrap());
            if parameter["in"] == "query" {
                let name = parameter["name"].as_str().unwrap().replace(' ', "%20");
                let value = if name == "combinator" { "or" } else { "1" };
                let target = format!("{path}?{name}={value}");
                let answer = send(&FakeCore::default(), &method, &target, &[], "{}").await;
                assert_eq!(answer.status, 200, "{method} {target} {}", answer.text);
            }
        }
    }
}

#[tokio::test]
async fn a_record_has_exactly_the_documented_keys() {
    let document = get("/openapi.json").await.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for (schema, path) in [
        ("Person", "/v1/people/per_1"),
        ("Company", "/v1/companies/com_1"),
        ("Deal", "/v1/groups/grp_1/Deals/obj_1"),
    ] {
        let schema = &document["components"]["schemas"][schema];
        let answer = send(&FakeCore::default(), "GET", path, &[], "").await;
        assert_eq!(
            keys(&answer.json()["data"]),
            keys(&schema["properties"]),
            "{path}"
        );
        assert_eq!(
            keys(&schema["properties"]).len(),
            schema["required"].as_array().unwrap().len()
        );
    }
}

#[tokio::test]
async fn exactly_the_documented_keys_are_taken() {
    let document = get("/openapi.json").await.json();
    for (schema, method, path) in [
        ("PersonCreate", "POST", "/v1/people"),
        ("PersonPatch", "PATCH", "/v1/people/per_1"),
        ("CompanyCreate", "POST", "/v1/companies"),
        ("CompanyPatch", "PATCH", "/v1/companies/com_1"),
        ("DealCreate", "POST", "/v1/groups/grp_1/Deals"),
        ("DealPatch", "PATCH", "/v1/groups/grp_1/Deals/obj_1"),
    ] {
        let schema = &document["components"]["schemas"][schema];
        let required = schema["required"].as_array().into_iter().flatten();
        let required: Vec<_> = required.map(|key| key.as_str().unwrap()).collect();
        for (key, property) in schema["properties"].as_object().unwrap() {
            let mut body = serde_json::json!({key: property["examples"][0]});
            for key in &required {
                body[key] = schema["properties"][key]["examples"][0].clone();
            }
            let answer = send(&FakeCore::default(), method, path, &[], &body.to_string()).await;
            assert_eq!(answer.status, 200, "{method} {path} {body} {}", answer.text);
        }
    }
}
