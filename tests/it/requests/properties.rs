//! Properties and query parameters that mean nothing, and `null`.

use serde_json::{Value, json};
use tests::TestServer;
use tests::fixture::{BOB, EVERYTHING, JANE};

/// The issues of an answer, without their messages.
fn issues(answer: &tests::Answer) -> Value {
    assert_eq!(
        answer.error(),
        (422, "UNPROCESSABLE_ENTITY".to_owned()),
        "{}",
        answer.text
    );
    let mut issues = answer.json()["error"]["details"]["issues"].clone();
    for issue in issues.as_array_mut().unwrap() {
        issue
            .as_object_mut()
            .unwrap()
            .remove("message")
            .expect("a message");
    }
    issues
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_property_is_an_issue_wherever_it_is() {
    let server = TestServer::start().await;
    for (body, path, keys) in [
        (
            json!({"age": 3, "shoeSize": 44}),
            json!([]),
            json!(["age", "shoeSize"]),
        ),
        (json!({"firstname": "a"}), json!([]), json!(["firstname"])),
        (json!({"id": BOB}), json!([]), json!(["id"])),
        (
            json!({"createdAt": "2021-01-01T00:00:00.000Z"}),
            json!([]),
            json!(["createdAt"]),
        ),
        (json!({"": 1}), json!([]), json!([""])),
        (
            json!({"groups": [{"id": EVERYTHING, "name": "Everything"}]}),
            json!(["groups", 0]),
            json!(["name"]),
        ),
        (
            json!({"companies": [{"name": "Tech Corp", "industry": "IT"}]}),
            json!(["companies", 0]),
            json!(["industry"]),
        ),
        (
            json!({"groups": [{"id": EVERYTHING}],
                "customFieldValues": {EVERYTHING: {"Users": [{"id": JANE, "email2": "x"}]}}}),
            json!(["customFieldValues", EVERYTHING, "Users", 0]),
            json!(["email2"]),
        ),
    ] {
        let answer = server.rest().send("POST", "/v1/people", body.to_string()).await;
        let expected = json!([{"code": "unrecognized_keys", "path": path, "keys": keys}]);
        assert_eq!(issues(&answer), expected, "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn null_is_an_issue_where_it_is_not_named_as_allowed() {
    let server = TestServer::start().await;
    for (field, expected) in [
        ("firstName", "string"),
        ("lastName", "string"),
        ("fullName", "string"),
        ("description", "string"),
        ("jobTitle", "string"),
        ("groups", "array"),
        ("companies", "array"),
        ("addresses", "array"),
        ("emails", "array"),
        ("phones", "array"),
        ("urls", "array"),
        ("customFieldValues", "object"),
    ] {
        let answer = server
            .rest()
            .send("POST", "/v1/people", json!({field: null}).to_string())
            .await;
        let expected =
            json!([{"code": "invalid_type", "path": [field], "expected": expected, "received": "null"}]);
        assert_eq!(issues(&answer), expected, "{field}");
    }
    let body = json!({"emails": ["a", null], "groups": [null], "customFieldValues": {EVERYTHING: null}});
    let answer = server.rest().send("POST", "/v1/people", body.to_string()).await;
    assert_eq!(issues(&answer).as_array().unwrap().len(), 3, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_an_object() {
    let server = TestServer::start().await;
    for (body, received) in [
        ("[]", "array"),
        ("null", "null"),
        ("\"a\"", "string"),
        ("42", "number"),
        ("true", "boolean"),
    ] {
        let answer = server.rest().send("POST", "/v1/people", body).await;
        let expected =
            json!([{"code": "invalid_type", "path": [], "expected": "object", "received": received}]);
        assert_eq!(issues(&answer), expected, "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_query_parameter_is_an_issue_on_get_and_ignored_on_post() {
    let server = TestServer::start().await;
    let rest = server.rest();
    for path in [format!("/v1/people/{BOB}"), "/v1/users/me".to_owned()] {
        for (query, keys) in [
            ("fields=id", json!(["fields"])),
            ("a=1&b&a=2", json!(["a", "b"])),
            ("filter%5Bname%5D=x", json!(["filter[name]"])),
        ] {
            let answer = rest.send("GET", &format!("{path}?{query}"), "").await;
            let expected = json!([{"code": "unrecognized_keys", "path": [], "keys": keys}]);
            assert_eq!(issues(&answer), expected, "{path} {query}");
        }
        assert_eq!(
            rest.send("GET", &format!("{path}?"), "").await.status,
            200,
            "{path}"
        );
    }
    let answer = rest.send("POST", "/v1/people?fields=id&x=%ff", "{}").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}
