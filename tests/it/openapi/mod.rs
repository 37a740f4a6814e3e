//! The OpenAPI document, held against the running service.

mod document;
mod examples;
mod routes;

use jsonschema::Validator;
use serde_json::{Value, json};
use tests::TestServer;

/// The document as the service serves it.
struct Document(Value);

impl Document {
    async fn of(server: &TestServer) -> Self {
        let answer = server.rest_as("").send("GET", "/openapi.json", "").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/json");
        Self(answer.json())
    }

    /// What is there, behind its `$ref` if it has one.
    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self
                .0
                .pointer(reference.strip_prefix('#').expect("a place in this document"))
                .unwrap_or_else(|| panic!("{reference} is nowhere")),
            None => value,
        }
    }

    /// Each operation with its path and its method.
    fn operations(&self) -> Vec<(&str, &str, &Value)> {
        let paths = self.0["paths"].as_object().unwrap().iter();
        paths
            .flat_map(|(path, item)| {
                let operations = item.as_object().unwrap().iter();
                operations.map(|(method, operation)| (path.as_str(), method.as_str(), operation))
            })
            .collect()
    }

    /// Judges by this schema of the document, which may refer to others of it.
    fn validator(&self, schema: &Value) -> Validator {
        let mut root = schema.clone();
        root["components"] = self.0["components"].clone();
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&root)
            .unwrap_or_else(|error| panic!("{error}: {schema}"))
    }

    /// That an answer is one of those that the operation documents, headers included.
    fn assert_documented(&self, operation: &Value, answer: &tests::Answer) {
        let status = answer.status.as_u16().to_string();
        let name = &operation["operationId"];
        let response = operation["responses"].get(&status);
        let response = self.resolved(response.unwrap_or_else(|| panic!("{name} documents no {status}")));
        for header in response["headers"].as_object().unwrap().keys() {
            assert_ne!(answer.header(header), "", "{name} {status} {header}");
        }
        let schema = &response["content"]["application/json"]["schema"];
        let body = answer.json();
        let problems: Vec<_> = self
            .validator(schema)
            .iter_errors(&body)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(problems.is_empty(), "{name} {status} {problems:#?} {body:#}");
    }
}

/// The request that the examples of an operation's parameters make, with this body.
fn path_with_examples(document: &Document, path: &str, operation: &Value) -> String {
    let mut path = path.to_owned();
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    for parameter in &parameters {
        let parameter = document.resolved(parameter);
        if parameter["in"] == json!("path") {
            let example = parameter["example"]
                .as_str()
                .expect("an example of each parameter in a path");
            path = path.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), example);
        }
    }
    assert!(
        !path.contains('{'),
        "{path} has a parameter that is not documented"
    );
    path
}

/// A service that has the records which examples name: those of the demo, an API key and a deal.
async fn server_with_examples(document: &Document) -> TestServer {
    let server = TestServer::start().await;
    let example = |path: &str, place: usize| {
        let parameter = &document.0["paths"][path]["delete"]["parameters"][place];
        let example = document.resolved(parameter)["example"].as_str().unwrap();
        example.split_once('_').map_or(example, |(_, uuid)| uuid)
    };
    let key = format!(
        "INSERT INTO api_keys (id, workspace_id, user_id, name, secret_hash, scope, created_at) \
         SELECT '{}', workspace_id, user_id, 'Example', 'x', 'read', created_at FROM api_keys WHERE name = 'demo'",
        example("/v1/api-keys/{keyId}", 0)
    );
    let deal = "/v1/groups/{groupId}/{objectType}/{objectId}";
    let deal = format!(
        "INSERT INTO objects (workspace_id, id, group_id, object_type_id, name, created_at, created_by, updated_at) \
         SELECT t.workspace_id, '{}', t.group_id, t.id, 'Example', now(), u.id, now() \
         FROM object_types t JOIN users u USING (workspace_id) \
         WHERE t.group_id = '{}' AND t.name = '{}' AND u.full_name = 'John Doe'",
        example(deal, 2),
        example(deal, 0),
        example(deal, 1),
    );
    let client = server.database.connect().await;
    for sql in [key, deal] {
        assert_eq!(client.execute(&sql, &[]).await.unwrap(), 1, "{sql}");
    }
    server
}
