//! The document by itself.

use std::collections::HashSet;

use serde_json::Value;
use tests::TestServer;

use super::Document;

/// Calls `visit` for each object in there, with the key it stands under.
fn each_object<'a>(value: &'a Value, key: &'a str, visit: &mut impl FnMut(&'a str, &'a Value)) {
    match value {
        Value::Object(fields) => {
            visit(key, value);
            for (key, value) in fields {
                each_object(value, key, visit);
            }
        }
        Value::Array(entries) => entries.iter().for_each(|entry| each_object(entry, key, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_an_openapi_document_of_this_service() {
    let server = TestServer::start().await;
    let document = Document::of(&server).await;
    assert!(document.0["openapi"].as_str().unwrap().starts_with("3.1."));
    assert_eq!(document.0["info"]["version"], "2025-06-09");
    assert_eq!(
        document.0["servers"][0]["url"],
        format!("http://{}", server.rest).as_str()
    );
    let allowed = [
        "openapi",
        "info",
        "servers",
        "security",
        "tags",
        "paths",
        "components",
    ];
    for key in document.0.as_object().unwrap().keys() {
        assert!(
            allowed.contains(&key.as_str()),
            "{key} is no part of an OpenAPI document"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_says_what_it_is_and_what_it_answers() {
    let server = TestServer::start().await;
    let document = Document::of(&server).await;
    let mut ids = HashSet::new();
    for (path, method, operation) in document.operations() {
        for field in ["operationId", "summary", "description"] {
            assert!(
                operation[field].as_str().is_some_and(|text| !text.is_empty()),
                "{method} {path} {field}"
            );
        }
        assert!(
            ids.insert(operation["operationId"].as_str().unwrap()),
            "{method} {path}"
        );
        let tag = &operation["tags"][0];
        assert!(
            document.0["tags"]
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["name"] == *tag),
            "{method} {path} {tag}"
        );
        let responses = operation["responses"].as_object().unwrap();
        for status in ["200", "401", "403", "422", "429", "500", "503"] {
            assert!(responses.contains_key(status), "{method} {path} {status}");
        }
        for (status, response) in responses {
            let response = document.resolved(response);
            assert!(response["description"].is_string(), "{method} {path} {status}");
            assert!(
                response["headers"].get("X-Request-Id").is_some(),
                "{method} {path} {status}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reference_leads_somewhere_and_every_schema_is_one() {
    let server = TestServer::start().await;
    let document = Document::of(&server).await;
    let mut references = 0;
    each_object(&document.0, "", &mut |_, value| {
        if value.get("$ref").is_some_and(Value::is_string) {
            document.resolved(value);
            references += 1;
        }
    });
    assert!(references > 20, "{references}");
    for (name, schema) in document.0["components"]["schemas"].as_object().unwrap() {
        jsonschema::meta::validate(schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        document.validator(schema);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_of_a_body_fits_its_schema() {
    let server = TestServer::start().await;
    let document = Document::of(&server).await;
    let mut examples = 0;
    each_object(&document.0, "", &mut |key, value| {
        if key == "application/json" {
            let validator = document.validator(&value["schema"]);
            for (name, example) in value["examples"].as_object().expect("examples of each body") {
                let problem = validator
                    .validate(&example["value"])
                    .err()
                    .map(|error| error.to_string());
                assert_eq!(problem, None, "{name}");
                examples += 1;
            }
        }
    });
    for (name, schema) in document.0["components"]["schemas"].as_object().unwrap() {
        let validator = document.validator(schema);
        for example in schema["examples"].as_array().unwrap_or(&Vec::new()) {
            assert!(validator.is_valid(example), "{name} {example}");
            examples += 1;
        }
    }
    assert!(examples > 15, "{examples}");
}
