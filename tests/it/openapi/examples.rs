//! The examples, sent to the service, and errors as they are documented.

use serde_json::{Value, json};
use tests::fixture::{BOB, KEY, READ_KEY};
use tests::{TestDatabase, TestServer};

use super::{Document, path_with_examples, server_with_examples};

#[tokio::test(flavor = "multi_thread")]
async fn every_example_is_accepted_and_answered_as_documented() {
    let document = Document::of(&TestServer::start().await).await;
    let server = server_with_examples(&document).await;
    for (path, method, operation) in document.operations() {
        let path = path_with_examples(&document, path, operation);
        let bodies = &operation["requestBody"]["content"]["application/json"]["examples"];
        let bodies: Vec<Value> = match bodies.as_object() {
            Some(examples) => examples
                .values()
                .map(|example| example["value"].clone())
                .collect(),
            None => vec![Value::Null],
        };
        for body in bodies {
            // What one renames or deletes another needs.
            let apart = match method {
                "patch" | "delete" => Some(server_with_examples(&document).await),
                _ => None,
            };
            let client = apart.as_ref().unwrap_or(&server).rest();
            let text = if body.is_null() {
                String::new()
            } else {
                body.to_string()
            };
            let answer = client.send(&method.to_uppercase(), &path, text).await;
            assert_eq!(answer.status, 200, "{method} {path} {body} {}", answer.text);
            document.assert_documented(operation, &answer);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documented_answer_is_what_the_documented_request_gives() {
    let server = TestServer::start().await;
    let document = Document::of(&server).await;
    let create = &document.0["paths"]["/v1/people"]["post"];
    let body = &create["requestBody"]["content"]["application/json"]["examples"]["full"]["value"];
    let answer = server
        .rest()
        .send("POST", "/v1/people", body.to_string())
        .await
        .json();
    let mut documented =
        create["responses"]["200"]["content"]["application/json"]["examples"]["full"]["value"].clone();
    for made in ["id", "createdAt"] {
        documented["data"][made] = answer["data"][made].clone();
    }
    assert_eq!(answer, documented);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_of_one_property_is_accepted() {
    let server = TestServer::start().await;
    let document = Document::of(&server).await;
    let properties = &document.0["components"]["schemas"]["PersonCreate"]["properties"];
    for (name, schema) in properties.as_object().unwrap() {
        for example in schema["examples"].as_array().expect(name) {
            let mut body = json!({name: example});
            if name == "customFieldValues" {
                let groups = example.as_object().unwrap().keys().map(|id| json!({"id": id}));
                body["groups"] = groups.collect();
            }
            let answer = server.rest().send("POST", "/v1/people", body.to_string()).await;
            assert_eq!(answer.status, 200, "{body} {}", answer.text);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn provoked_errors_are_as_documented() {
    let server = TestServer::start().await;
    let document = Document::of(&server).await;
    let create = &document.0["paths"]["/v1/people"]["post"];
    let get = &document.0["paths"]["/v1/people/{personId}"]["get"];
    let nobody = "/v1/people/per_00000000-0000-7000-8000-000000000000";
    let bob = format!("/v1/people/{BOB}");
    let large = " ".repeat(3 * 1024 * 1024);
    // Every kind of issue.
    let wrong = json!({
        "firstName": 7, "lastName": "x".repeat(501), "birthday": "2023-02-29", "age": 3,
        "companies": [{}, {"name": ""}], "groups": [{"id": "grp_1"}],
        "customFieldValues": {tests::fixture::EVERYTHING: {"Number": "x", "Select": "D"}},
    })
    .to_string();
    for (operation, key, method, path, body, status) in [
        (create, KEY, "POST", "/v1/people", "{", 400),
        (create, "", "POST", "/v1/people", "{}", 401),
        (create, READ_KEY, "POST", "/v1/people", "{}", 403),
        (create, KEY, "POST", "/v1/people", large.as_str(), 413),
        (create, KEY, "POST", "/v1/people", wrong.as_str(), 422),
        (get, "", "GET", bob.as_str(), "", 401),
        (get, KEY, "GET", nobody, "", 404),
        (get, KEY, "GET", "/v1/people/1", "", 422),
        (get, KEY, "GET", "/v1/people/1?x=y", "", 422),
    ] {
        let answer = server.rest_as(key).send(method, path, body).await;
        assert_eq!(answer.status, status, "{method} {path} {}", answer.text);
        document.assert_documented(operation, &answer);
    }
    let version = [("x-api-version", "1999-01-01")];
    let answer = server.rest().send_with("GET", &bob, &version, "").await;
    assert_eq!(answer.status, 400);
    document.assert_documented(get, &answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn being_over_the_limit_or_without_a_database_is_as_documented() {
    let limit = [("PEOPLE_RATE_LIMIT", "1"), ("PEOPLE_LOG", "off")];
    let server = TestServer::start_with(TestDatabase::new().await, &limit).await;
    let document = Document::of(&server).await;
    let get = &document.0["paths"]["/v1/users/me"]["get"];
    // Some three of them are in the same minute.
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(server.rest().send("GET", "/v1/users/me", "").await);
    }
    let over = answers
        .iter()
        .find(|answer| answer.status == 429)
        .expect("one is over the limit");
    document.assert_documented(get, over);

    // A database that takes nobody is as good as away.
    let admin = TestDatabase::empty().await;
    let name = server.database.text("SELECT current_database()::text").await;
    admin
        .connect()
        .await
        .batch_execute(&format!(
            "ALTER DATABASE {name} ALLOW_CONNECTIONS false; \
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        ))
        .await
        .unwrap();
    let answer = server.rest_as(READ_KEY).send("GET", "/v1/users/me", "").await;
    assert_eq!(answer.status, 503, "{}", answer.text);
    document.assert_documented(get, &answer);
}
