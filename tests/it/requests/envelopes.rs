//! The form of errors, and what answers when there is no such route or method.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::DateTime;
use tests::TestServer;

#[tokio::test(flavor = "multi_thread")]
async fn every_error_has_an_envelope_whose_link_leads_to_its_explanation() {
    let server = TestServer::start().await;
    let nobody = server.rest_as("");
    let page = nobody.send("GET", "/docs/errors", "").await.text;
    for (method, path, body, status, code, anchor) in [
        ("POST", "/v1/people", "{", 400, "INVALID_REQUEST", "bad-request"),
        ("GET", "/v1/nothing", "", 404, "RESOURCE_NOT_FOUND", "not-found"),
        (
            "PUT",
            "/v1/people",
            "",
            405,
            "METHOD_NOT_ALLOWED",
            "method-not-allowed",
        ),
        (
            "GET",
            "/v1/people/1",
            "",
            422,
            "UNPROCESSABLE_ENTITY",
            "unprocessable-entity",
        ),
    ] {
        let answer = server.rest().send(method, path, body).await;
        assert_eq!(answer.error(), (status, code.to_owned()), "{method} {path}");
        assert_eq!(answer.header("content-type"), "application/json");
        let error = answer.json()["error"].clone();
        let url = format!("http://{}/docs/errors#{anchor}", server.rest);
        assert_eq!(error["documentationUrl"], url.as_str());
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
        assert_eq!(error["requestId"], answer.header("x-request-id"));
        let at = error["timestamp"].as_str().unwrap();
        assert!(at.len() == 24 && at.ends_with('Z'), "{at}");
        let at = DateTime::parse_from_rfc3339(at).unwrap().timestamp();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        assert!(now.abs_diff(at.cast_unsigned()) < 60, "{at}");
        assert_eq!(error.get("details").is_some(), status == 422, "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_names_nothing_is_not_found() {
    let server = TestServer::start().await;
    for path in [
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/people/",
        "/v1/People",
        "/v1//people",
        "/v1/users/me/",
        "/v1/people/x/y",
        "/v2/people",
        "/people",
    ] {
        for method in ["GET", "POST", "DELETE"] {
            let answer = server.rest().send(method, path, "").await;
            assert_eq!(
                answer.error(),
                (404, "RESOURCE_NOT_FOUND".to_owned()),
                "{method} {path}"
            );
        }
    }
    let outside = server.rest_as("").send("GET", "/nothing", "").await;
    assert_eq!(outside.error().0, 404, "outside of the API nobody asks for a key");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_a_path_does_not_have_is_answered_with_those_it_has() {
    let server = TestServer::start().await;
    for (path, has) in [
        ("/v1/people", "POST"),
        ("/v1/people/x", "GET"),
        ("/v1/users/me", "GET"),
        ("/openapi.json", "GET"),
    ] {
        for method in ["PUT", "OPTIONS", "BREW"] {
            let answer = server.rest().send(method, path, "").await;
            assert_eq!(
                answer.error(),
                (405, "METHOD_NOT_ALLOWED".to_owned()),
                "{method} {path}"
            );
            let allowed: Vec<_> = answer.header("allow").split(',').map(str::trim).collect();
            assert!(allowed.contains(&has), "{path} {allowed:?}");
            assert!(!allowed.contains(&method), "{path} {allowed:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn head_answers_as_get_without_a_body() {
    let server = TestServer::start().await;
    for path in ["/v1/users/me", "/v1/people/1", "/v1/nothing", "/openapi.json"] {
        let get = server.rest().send("GET", path, "").await;
        let head = server.rest().send("HEAD", path, "").await;
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.text, "", "{path}");
        for name in ["content-type", "content-length", "x-ratelimit-limit"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
    let answer = server.rest_as("").send("HEAD", "/v1/users/me", "").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (401, ""));
}
