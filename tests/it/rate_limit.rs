//! How many calls a user has in a minute.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat};
use proto::v1::GetUserRequest;
use tests::fixture::{JANE, KEY, READ_KEY, WRITE_KEY};
use tests::{Answer, TestDatabase, TestServer};
use tonic::metadata::MetadataMap;
use tonic::{Code, Response, Status};
use tonic_types::StatusExt as _;

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// Limit, remaining and reset.
type Allowance = (u64, u64, u64);

fn of_rest(answer: &Answer) -> Allowance {
    let number = |name| answer.header(name).parse().expect(name);
    (
        number("x-ratelimit-limit"),
        number("x-ratelimit-remaining"),
        number("x-ratelimit-reset"),
    )
}

fn of_grpc(metadata: &MetadataMap) -> Allowance {
    let number = |name| metadata.get(name).expect(name).to_str().unwrap().parse().unwrap();
    (
        number("x-ratelimit-limit"),
        number("x-ratelimit-remaining"),
        number("x-ratelimit-reset"),
    )
}

/// A service with this limit, and the end of Jane's minute, which is not so near that it comes during the test.
/// One call of hers is used up.
async fn with_limit(limit: &str) -> (TestServer, u64) {
    loop {
        let server = TestServer::start_with(TestDatabase::new().await, &[("PEOPLE_RATE_LIMIT", limit)]).await;
        let (_, _, reset) = of_rest(&server.rest_as(READ_KEY).send("GET", "/v1/users/me", "").await);
        let left = reset.saturating_sub(now());
        assert!(left <= 60, "{left}");
        if left > 5 {
            return (server, reset);
        }
        drop(server);
        tokio::time::sleep(Duration::from_secs(left + 1)).await;
    }
}

async fn grpc_me(server: &TestServer, key: &str) -> Result<Response<proto::v1::User>, Status> {
    let me = GetUserRequest { id: "me".to_owned() };
    server.grpc_as(key).users.get_user(me).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_to_a_valid_key_tells_what_is_left() {
    let (server, reset) = with_limit("100").await;
    let rest = server.rest_as(READ_KEY);
    let large = " ".repeat(3 * 1024 * 1024);
    let requests = [
        ("GET", "/v1/users/me", "", 200),
        ("HEAD", "/v1/users/me", "", 200),
        ("POST", "/v1/people", "{", 400),
        ("POST", "/v1/people", "{}", 403),
        ("POST", "/v1/people", r#"{"age": 3}"#, 403),
        (
            "GET",
            "/v1/people/per_00000000-0000-7000-8000-000000000000",
            "",
            404,
        ),
        ("GET", "/v1/no/such/route", "", 404),
        ("PUT", "/v1/people", "", 405),
        ("POST", "/v1/people", &large, 413),
        ("GET", "/v1/people/1", "", 422),
        ("GET", "/v1/users/me?x=y", "", 422),
    ];
    let mut left = 99;
    for (method, path, body, status) in requests {
        let answer = rest.send(method, path, body).await;
        assert_eq!(answer.status, status, "{method} {path}");
        left -= 1;
        assert_eq!(of_rest(&answer), (100, left, reset), "{method} {path}");
    }
    let version = [("x-api-version", "1999-01-01")];
    let answer = rest.send_with("GET", "/v1/users/me", &version, "").await;
    assert_eq!(
        (answer.status.as_u16(), of_rest(&answer)),
        (400, (100, left - 1, reset))
    );

    let answer = grpc_me(&server, READ_KEY).await.unwrap();
    assert_eq!(of_grpc(answer.metadata()), (100, left - 2, reset));
    let nobody = GetUserRequest {
        id: "usr_1".to_owned(),
    };
    let status = server.grpc_as(READ_KEY).users.get_user(nobody).await.unwrap_err();
    assert_eq!(of_grpc(status.metadata()), (100, left - 3, reset));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_keys_of_a_user_and_both_doors_share_one_limit() {
    let (server, reset) = with_limit("4").await;
    let answer = grpc_me(&server, WRITE_KEY).await.unwrap();
    assert_eq!(of_grpc(answer.metadata()), (4, 2, reset));
    let answer = server.rest_as(WRITE_KEY).send("POST", "/v1/people", "{}").await;
    assert_eq!((answer.status.as_u16(), of_rest(&answer)), (200, (4, 1, reset)));
    // A key that is none costs nobody anything.
    server
        .rest_as("people_unknown")
        .send("GET", "/v1/users/me", "")
        .await;
    let answer = grpc_me(&server, READ_KEY).await.unwrap();
    assert_eq!(of_grpc(answer.metadata()), (4, 0, reset));

    for key in [READ_KEY, WRITE_KEY] {
        let answer = server
            .rest_as(key)
            .send("GET", &format!("/v1/users/{JANE}"), "")
            .await;
        assert_eq!(answer.status, 429, "{}", answer.text);
        let status = grpc_me(&server, key).await.unwrap_err();
        assert_eq!(status.code(), Code::ResourceExhausted);
        assert_eq!(of_grpc(status.metadata()), (4, 0, reset));
    }
    // Other users have their own.
    let answer = server.rest_as(KEY).send("GET", "/v1/users/me", "").await;
    assert_eq!((answer.status.as_u16(), of_rest(&answer).1), (200, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn over_the_limit_the_answer_says_when_to_come_back() {
    let (server, reset) = with_limit("1").await;
    let iso = DateTime::from_timestamp(i64::try_from(reset).unwrap(), 0).unwrap();
    let iso = iso.to_rfc3339_opts(SecondsFormat::Millis, true);
    let rest = server.rest_as(READ_KEY);
    for (method, path, body) in [
        ("GET", "/v1/users/me", ""),
        ("POST", "/v1/people", "{"),
        ("GET", "/v1/no/such/route", ""),
    ] {
        let asked = now();
        let answer = rest.send(method, path, body).await;
        assert_eq!(answer.error(), (429, "RATE_LIMIT_EXCEEDED".to_owned()), "{path}");
        assert_eq!(of_rest(&answer), (1, 0, reset), "{path}");
        let seconds: u64 = answer.header("retry-after").parse().unwrap();
        assert!((asked..=now()).contains(&(reset - seconds)), "{path}: {seconds}");
        let details = answer.json()["error"]["details"].clone();
        let expected = serde_json::json!({"limit": 1, "remaining": 0, "retryAfter": iso});
        assert_eq!(details, expected, "{path}");
    }

    let status = grpc_me(&server, READ_KEY).await.unwrap_err();
    let details = status.get_error_details();
    let info = details.error_info().unwrap();
    assert_eq!(
        (info.reason.as_str(), info.domain.as_str()),
        ("RATE_LIMITED", "people.v1")
    );
    assert_eq!(info.metadata["reset"], reset.to_string());
    let delay = details.retry_info().unwrap().retry_delay.unwrap();
    assert!(
        delay <= Duration::from_secs(60) && delay >= Duration::from_secs(1),
        "{delay:?}"
    );
    assert_eq!(details.quota_failure().unwrap().violations.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_limit_has_no_headers() {
    let server = TestServer::start_with(TestDatabase::new().await, &[("PEOPLE_RATE_LIMIT", "0")]).await;
    let rest = server.rest();
    for (path, status) in [("/v1/users/me", 200), ("/v1/people/1", 422), ("/v1/nothing", 404)] {
        let answer = rest.send("GET", path, "").await;
        assert_eq!(answer.status, status, "{path}");
        let about_limits = answer
            .headers
            .keys()
            .filter(|name| name.as_str().contains("ratelimit"));
        assert_eq!(about_limits.count(), 0, "{path}");
    }
    let answer = grpc_me(&server, KEY).await.unwrap();
    assert!(answer.metadata().get("x-ratelimit-limit").is_none());
}
