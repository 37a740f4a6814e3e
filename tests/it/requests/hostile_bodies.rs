//! Bodies that nobody should send.

use tests::fixture::{EVERYTHING, KEY};
use tests::{Answer, TestServer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn post(server: &TestServer, body: impl Into<Vec<u8>>) -> Answer {
    server.rest().send("POST", "/v1/people", body).await
}

/// Refused as no JSON, stored nothing, and the service goes on.
async fn are_no_requests(bodies: &[Vec<u8>]) {
    let server = TestServer::start().await;
    let people = "SELECT count(*) FROM people";
    let before = server.database.number(people).await;
    for body in bodies {
        let answer = post(&server, body.clone()).await;
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!(answer.error(), (400, "INVALID_REQUEST".to_owned()), "{shown}");
    }
    assert_eq!(server.database.number(people).await, before);
    assert_eq!(post(&server, "{}").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_json_is_no_request() {
    are_no_requests(
        &[
            &b""[..],
            b" ",
            b"{",
            b"nul",
            b"{\"firstName\": \"a\",}",
            b"{'firstName': 'a'}",
            b"{\"firstName\": \"a\"} {}",
            b"{\"firstName\": 01}",
            b"{\"firstName\": NaN}",
            b"// comment\n{}",
            b"firstName=Jane",
            b"<person/>",
            b"\xef\xbb\xbf{}",
            b"\xff\xfe{\0}\0",
            b"{\"firstName\": \"\xff\"}",
            b"{\"firstName\": \"\xed\xa0\x80\"}",
            b"{\"firstName\": \"a\0b\"}",
            b"{\"firstName\": \"a\nb\"}",
            b"{}\0",
        ]
        .map(<[u8]>::to_vec),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lone_surrogates_repeated_keys_and_deep_nesting_are_no_request() {
    let nested = |open: &str, close: &str, depth| {
        let value = format!("{}{}", open.repeat(depth), close.repeat(depth));
        format!(r#"{{"customFieldValues": {{"g": {{"f": {value}}}}}}}"#)
    };
    are_no_requests(
        &[
            r#"{"firstName": "\ud800"}"#.to_owned(),
            r#"{"firstName": "\udc00\ud800"}"#.to_owned(),
            r#"{"\ud83d": "a"}"#.to_owned(),
            r#"{"emails": ["ok", "\ud83dx"]}"#.to_owned(),
            r#"{"firstName": "a", "firstName": "a"}"#.to_owned(),
            r#"{"firstName": "a", "first\u004eame": "b"}"#.to_owned(),
            r#"{"x": {"y": 1, "y": 2}}"#.to_owned(),
            format!(r#"{{"customFieldValues": {{"{EVERYTHING}": {{"Text": "a", "Text": "b"}}}}}}"#),
            format!(r#"{{"customFieldValues": {{"{EVERYTHING}": {{}}, "{EVERYTHING}": {{}}}}}}"#),
            r#"{"groups": [{"id": "a", "id": "b"}]}"#.to_owned(),
            nested("[", "]", 100),
            nested("[", "]", 500_000),
            nested("{\"a\":", "}", 100),
            "[".repeat(1_000_000),
            "{\"a\":".repeat(200_000),
        ]
        .map(String::into_bytes),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_json_is_a_content_type() {
    let server = TestServer::start().await;
    let rest = server.rest();
    let with = async |content_type: &str| {
        let headers = [("content-type", content_type)];
        rest.send_with("POST", "/v1/people", &headers, "{}").await
    };
    for content_type in [
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/jsonp",
        "json",
        "",
    ] {
        let answer = with(content_type).await;
        assert_eq!(
            answer.error(),
            (400, "INVALID_REQUEST".to_owned()),
            "{content_type}"
        );
        assert!(answer.text.contains("application/json"), "{}", answer.text);
    }
    for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
        assert_eq!(with(content_type).await.status, 200, "{content_type}");
    }
    // What has no body has no type either.
    let headers = [("content-type", "text/plain")];
    assert_eq!(
        rest.send_with("GET", "/v1/users/me", &headers, "").await.status,
        200
    );
}

const LIMIT: usize = 2 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_body_has_up_to_2_mib() {
    let server = TestServer::start().await;
    let padded = |size: usize| format!("{{{}}}", " ".repeat(size - 2));
    assert_eq!(post(&server, padded(LIMIT)).await.status, 200);
    for size in [LIMIT + 1, 3 * 1024 * 1024, 7 * 1024 * 1024] {
        let answer = post(&server, padded(size)).await;
        assert_eq!(answer.error(), (413, "PAYLOAD_TOO_LARGE".to_owned()), "{size}");
        assert_eq!(
            answer.json()["error"]["details"],
            serde_json::json!({"limit": LIMIT})
        );
    }
    assert_eq!(post(&server, "{}").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_announce_its_size_has_the_same_limit() {
    let server = TestServer::start().await;
    let mut connection = TcpStream::connect(server.rest).await.unwrap();
    let head = format!(
        "POST /v1/people HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {KEY}\r\nContent-Type: application/json\r\n\
         Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
        server.rest
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("{:x}\r\n{}\r\n", 64 * 1024, " ".repeat(64 * 1024));
    for _ in 0..48 {
        connection.write_all(chunk.as_bytes()).await.unwrap();
    }
    connection.write_all(b"0\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("PAYLOAD_TOO_LARGE"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_while_sending_a_large_body_gets_to_know_why() {
    let server = TestServer::start().await;
    let large = " ".repeat(7 * 1024 * 1024);
    for (key, method, path, header, expected) in [
        ("", "POST", "/v1/people", ("accept", "*/*"), (401, "UNAUTHORIZED")),
        (
            KEY,
            "POST",
            "/v1/peoples",
            ("accept", "*/*"),
            (404, "RESOURCE_NOT_FOUND"),
        ),
        (
            KEY,
            "PUT",
            "/v1/people",
            ("accept", "*/*"),
            (405, "METHOD_NOT_ALLOWED"),
        ),
        (
            KEY,
            "POST",
            "/v1/people",
            ("x-api-version", "1999-01-01"),
            (400, "INVALID_REQUEST"),
        ),
        (
            KEY,
            "POST",
            "/v1/people",
            ("content-type", "text/plain"),
            (400, "INVALID_REQUEST"),
        ),
        (
            KEY,
            "POST",
            "/v1/people",
            ("accept", "*/*"),
            (413, "PAYLOAD_TOO_LARGE"),
        ),
        (
            KEY,
            "POST",
            "/openapi.json",
            ("accept", "*/*"),
            (405, "METHOD_NOT_ALLOWED"),
        ),
    ] {
        let client = server.rest_as(key);
        // Whether a connection that breaks takes the answer with it is a matter of luck.
        for _ in 0..20 {
            let answer = client.send_with(method, path, &[header], large.as_str()).await;
            let (status, code) = expected;
            assert_eq!(
                answer.error(),
                (status, code.to_owned()),
                "{method} {path} {header:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_before_sending_a_body_is_refused_without_it() {
    let server = TestServer::start().await;
    let mut connection = TcpStream::connect(server.rest).await.unwrap();
    let head = format!(
        "POST /v1/people HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\
         Expect: 100-continue\r\n\r\n",
        server.rest
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut status = [0; 12];
    connection.read_exact(&mut status).await.unwrap();
    assert_eq!(&status, b"HTTP/1.1 401");
}
