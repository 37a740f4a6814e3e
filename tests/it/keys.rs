//! Who may do what: the API key of a call.

use std::time::Duration;

use proto::v1::{CreatePersonRequest, GetUserRequest, Person};
use serde_json::json;
use tests::fixture::{
    BOB, EXPIRED_KEY, JANE, JOHN, KEY, OTHER_KEY, OTHER_USER, READ_KEY, REVOKED_KEY, WRITE_KEY,
};
use tests::{Answer, GrpcClient, Refused, TestServer, sample};
use tonic::Code;

/// `GET /v1/users/me` with these headers and no others.
async fn me(server: &TestServer, headers: &[(&str, &str)]) -> Answer {
    server
        .rest_as("")
        .send_with("GET", "/v1/users/me", headers, "")
        .await
}

/// The code that gRPC callers get for this authorization.
async fn grpc_code(server: &TestServer, authorization: Option<&str>) -> Code {
    let mut client = GrpcClient::authorized(server.grpc, authorization);
    let me = GetUserRequest { id: "me".to_owned() };
    match client.users.get_user(me).await {
        Ok(_) => Code::Ok,
        Err(status) => status.code(),
    }
}

fn assert_unauthorized(answer: &Answer, what: &str) {
    assert_eq!(answer.error(), (401, "UNAUTHORIZED".to_owned()), "{what}");
    assert_eq!(answer.header("www-authenticate"), "Bearer", "{what}");
    assert_eq!(answer.header("x-ratelimit-limit"), "", "{what}");
    assert_eq!(answer.header("allow"), "", "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_well_formed_key_nobody_comes_in() {
    let server = TestServer::start().await;
    assert_unauthorized(&me(&server, &[]).await, "absent");
    assert_eq!(grpc_code(&server, None).await, Code::Unauthenticated);
    for malformed in [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        KEY.to_owned(),
        format!("Bearer{KEY}"),
        format!("Bearer {KEY} {KEY}"),
        format!("Bearer {KEY}, Bearer {KEY}"),
        format!("Basic {KEY}"),
        format!("Token {KEY}"),
        format!("Bearer \"{KEY}\""),
        format!("Bearer\t{KEY}"),
    ] {
        let answer = me(&server, &[("authorization", &malformed)]).await;
        assert_unauthorized(&answer, &malformed);
        assert_eq!(
            grpc_code(&server, Some(&malformed)).await,
            Code::Unauthenticated,
            "{malformed}"
        );
    }
    let bearer = format!("Bearer {KEY}");
    let twice = me(&server, &[("authorization", &bearer), ("authorization", &bearer)]).await;
    assert_unauthorized(&twice, "twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_revoked_or_expired_key_is_no_key() {
    let server = TestServer::start().await;
    let (upper, shorter, longer) = (KEY.to_uppercase(), &KEY[..KEY.len() - 1], format!("{KEY}0"));
    for key in [
        "people_nobodyeversawthiskey0000000000000000000000",
        &upper,
        shorter,
        &longer,
        REVOKED_KEY,
        EXPIRED_KEY,
    ] {
        let bearer = format!("Bearer {key}");
        let answer = me(&server, &[("authorization", &bearer)]).await;
        assert_unauthorized(&answer, key);
        // Why it is none would help those who guess.
        let message = answer.json()["error"]["message"].clone();
        let unknown = me(
            &server,
            &[("authorization", "Bearer people_unknown00000000000000")],
        )
        .await;
        assert_eq!(unknown.json()["error"]["message"], message, "{key}");
        assert_eq!(
            grpc_code(&server, Some(&bearer)).await,
            Code::Unauthenticated,
            "{key}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_word_bearer_ignores_case() {
    let server = TestServer::start().await;
    for word in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        let bearer = format!("{word} {KEY}");
        assert_eq!(
            me(&server, &[("authorization", &bearer)]).await.status,
            200,
            "{word}"
        );
        assert_eq!(grpc_code(&server, Some(&bearer)).await, Code::Ok, "{word}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_taken_from_nowhere_else() {
    let server = TestServer::start().await;
    let nobody = server.rest_as("");
    for name in [
        "api_key",
        "apiKey",
        "key",
        "token",
        "access_token",
        "authorization",
    ] {
        let answer = nobody
            .send("GET", &format!("/v1/users/me?{name}={KEY}"), "")
            .await;
        assert_unauthorized(&answer, name);
        let body = json!({name: KEY}).to_string();
        assert_unauthorized(&nobody.send("POST", "/v1/people", body).await, name);
    }
    let cookie = format!("authorization={KEY}; api_key={KEY}");
    for (name, value) in [
        ("x-api-key", KEY),
        ("api-key", KEY),
        ("cookie", &cookie),
        ("proxy-authorization", &format!("Bearer {KEY}")),
    ] {
        assert_unauthorized(&me(&server, &[(name, value)]).await, name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_comes_before_route_method_and_body() {
    let server = TestServer::start().await;
    let large = " ".repeat(3 * 1024 * 1024);
    for key in ["", REVOKED_KEY] {
        let client = server.rest_as(key);
        for (method, path, body) in [
            ("GET", "/v1", ""),
            ("GET", "/v1/no/such/route", ""),
            ("GET", "/v1/people/", ""),
            ("PUT", "/v1/people", ""),
            ("DELETE", "/v1/users/me", ""),
            ("POST", "/v1/people", "{"),
            ("POST", "/v1/people", r#"{"age": 3}"#),
            ("POST", "/v1/people", &large),
            ("GET", "/v1/people/1", ""),
            ("GET", "/v1/users/me?x=y", ""),
        ] {
            let answer = client.send(method, path, body).await;
            assert_unauthorized(&answer, &format!("{method} {path}"));
        }
        let text = [("content-type", "text/plain")];
        let answer = client.send_with("POST", "/v1/people", &text, "x").await;
        assert_unauthorized(&answer, "another content type");
        let version = [("x-api-version", "1999-01-01")];
        let answer = client.send_with("GET", "/v1/users/me", &version, "").await;
        assert_unauthorized(&answer, "an unknown version");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_to_read_does_not_write() {
    let server = TestServer::start().await;
    let people = "SELECT count(*) FROM people";
    let before = server.database.number(people).await;
    for api in server.both_as(READ_KEY) {
        assert_eq!(api.get(BOB).await.unwrap()["id"], BOB, "{}", api.name());
        assert_eq!(api.user("me").await.unwrap(), sample::jane(), "{}", api.name());
        // What else is wrong plays no part.
        for body in [json!({}), json!({"firstName": "x".repeat(501)})] {
            let refused = api.create(&body).await.unwrap_err();
            assert_eq!(refused, Refused::with_code("FORBIDDEN"), "{}", api.name());
        }
    }
    assert_eq!(server.database.number(people).await, before);

    let forbidden = server
        .rest_as(READ_KEY)
        .send("POST", "/v1/people", r#"{"age": 3}"#)
        .await;
    assert_eq!(forbidden.error(), (403, "FORBIDDEN".to_owned()));
    let request = CreatePersonRequest {
        person: Some(Person::default()),
        validate_only: true,
        ..Default::default()
    };
    let status = server
        .grpc_as(READ_KEY)
        .people
        .create_person(request)
        .await
        .unwrap_err();
    assert_eq!(status.code(), Code::PermissionDenied);
    for text in [
        forbidden.json()["error"]["message"].as_str().unwrap(),
        status.message(),
    ] {
        assert!(text.contains("write"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_acts_as_its_user_in_its_workspace() {
    let server = TestServer::start().await;
    for (key, user) in [(KEY, JOHN), (WRITE_KEY, JANE), (OTHER_KEY, OTHER_USER)] {
        for api in server.both_as(key) {
            let created = api.create(&json!({})).await.unwrap();
            assert_eq!(created["createdBy"]["id"], user, "{}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_and_a_deactivation_are_seen_while_the_service_runs() {
    let server = TestServer::start().await;
    let client = server.database.connect().await;
    let revoke =
        format!("UPDATE api_keys SET revoked_at = now() WHERE secret_hash = sha256('{WRITE_KEY}'::bytea)");
    let deactivate = "UPDATE users SET deactivated_at = now() WHERE email = 'eve@example.com'".to_owned();
    for (key, change) in [(WRITE_KEY, revoke), (OTHER_KEY, deactivate)] {
        let [rest, grpc] = server.both_as(key);
        assert!(rest.user("me").await.is_ok() && grpc.user("me").await.is_ok());
        assert_eq!(client.execute(&change, &[]).await.unwrap(), 1);
        // Promised within a second; a busy machine is given more.
        for api in [rest, grpc] {
            let mut tries = 0;
            while api.user("me").await.is_ok() {
                tries += 1;
                assert!(tries < 200, "{} still takes the key", api.name());
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let refused = api.user("me").await.unwrap_err();
            assert_eq!(refused, Refused::with_code("UNAUTHORIZED"), "{}", api.name());
        }
    }
    for api in server.both_as(READ_KEY) {
        assert!(api.user("me").await.is_ok(), "another key of the user stays");
    }
}
