use proto::v1::violation::segment::Kind;
use proto::v1::violation::{Custom, Problem, Segment};
use proto::v1::{CreatePersonRequest, GetUserRequest, Violation};
use serde_json::json;
use tonic::Code;

use crate::fake_core::{FakeCore, failure};
use crate::rest_client::{create, send_with, settings};

fn violation(path: Vec<Kind>) -> Violation {
    Violation {
        path: path
            .into_iter()
            .map(|kind| Segment { kind: Some(kind) })
            .collect(),
        message: "wrong".to_owned(),
        problem: Some(Problem::Custom(Custom {})),
    }
}

fn field(name: &str) -> Kind {
    Kind::Field(name.to_owned())
}

#[tokio::test]
async fn a_good_body_is_sent_once_and_stored() {
    let core = FakeCore::default();
    let answer = create(&core, r#"{"firstName": "Ada", "emails": ["a@b.c"]}"#).await;
    assert_eq!(answer.status, 200);
    let asked = core.asked_once::<CreatePersonRequest>();
    assert!(!asked.validate_only);
    let person = asked.person.unwrap();
    assert_eq!(
        (person.first_name.as_str(), person.emails.as_slice()),
        ("Ada", &["a@b.c".to_owned()][..])
    );
}

#[tokio::test]
async fn issues_of_shape_and_of_meaning_come_together() {
    let rules = failure(
        Code::InvalidArgument,
        "INVALID",
        &[],
        vec![
            violation(vec![field("person"), field("job_title")]),
            violation(vec![field("person"), field("emails"), Kind::Index(1)]),
            violation(vec![
                field("person"),
                field("custom_field_values"),
                Kind::Key("grp_a".to_owned()),
            ]),
        ],
    );
    let core = FakeCore::default().failing(rules);
    let answer = create(
        &core,
        r#"{"jobTitle": "x", "emails": ["a", 1], "customFieldValues": {"grp_a": {}}}"#,
    )
    .await;
    assert_eq!(answer.error(), (422, "UNPROCESSABLE_ENTITY".to_owned()));
    assert_eq!(
        answer.issues(),
        json!([
            {"code": "invalid_type", "path": ["emails", 1], "message": "expected string, received number",
             "expected": "string", "received": "number"},
            {"code": "custom", "path": ["jobTitle"], "message": "wrong"},
            {"code": "custom", "path": ["customFieldValues", "grp_a"], "message": "wrong"},
        ])
    );
    assert_eq!(answer.header("x-ratelimit-limit"), "600");
    assert!(core.asked_once::<CreatePersonRequest>().validate_only);
}

#[tokio::test]
async fn a_body_of_the_wrong_shape_is_refused_though_the_core_finds_nothing() {
    for (body, expected) in [
        (
            "[]",
            json!([{"code": "invalid_type", "path": [], "message": "expected object, received array",
            "expected": "object", "received": "array"}]),
        ),
        (
            r#"{"age": 3}"#,
            json!([{"code": "unrecognized_keys", "path": [], "message": "unknown keys: age", "keys": ["age"]}]),
        ),
    ] {
        let core = FakeCore::default();
        let answer = create(&core, body).await;
        assert_eq!(answer.error().0, 422, "{body}");
        assert_eq!(answer.issues(), expected);
    }
}

#[tokio::test]
async fn a_failure_of_another_kind_comes_before_the_issues() {
    let core = FakeCore::default().failing(failure(
        Code::PermissionDenied,
        "SCOPE_MISSING",
        &[("scope", "write")],
        vec![],
    ));
    assert_eq!(create(&core, "[]").await.error(), (403, "FORBIDDEN".to_owned()));
}

#[tokio::test]
async fn what_is_no_json_is_a_bad_request() {
    let deep = format!(
        r#"{{"customFieldValues": {}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    for body in [
        "",
        "{",
        "{\"a\":1,}",
        r#"{"firstName": "\ud800"}"#,
        r#"{"firstName":"a","firstName":"b"}"#,
        &deep,
        r#"{"customFieldValues": {"g": {"f": {"x": 1, "x": 2}}}}"#,
    ] {
        let core = FakeCore::default();
        let answer = create(&core, body).await;
        assert_eq!(answer.error(), (400, "INVALID_REQUEST".to_owned()), "{body:.60}");
        assert_eq!(answer.header("x-ratelimit-remaining"), "599");
        core.asked_once::<GetUserRequest>();
    }
    let invalid_utf8 = b"{\"firstName\": \"\xff\"}".to_vec();
    let answer = send_with(
        &FakeCore::default(),
        settings(),
        "POST",
        "/v1/people",
        &[],
        invalid_utf8,
    )
    .await;
    assert_eq!(answer.error().0, 400);
}

#[tokio::test]
async fn a_body_over_the_limit_is_too_large() {
    let at = |length: usize| async move {
        let core = FakeCore::default();
        let mut settings = settings();
        settings.body_limit = 100;
        let body = format!("{{{}}}", " ".repeat(length - 2)).into_bytes();
        send_with(&core, settings, "POST", "/v1/people", &[], body).await
    };
    assert_eq!(at(100).await.status, 200);
    let answer = at(101).await;
    assert_eq!(answer.error(), (413, "PAYLOAD_TOO_LARGE".to_owned()));
    assert_eq!(answer.json()["error"]["details"], json!({"limit": 100}));
}

#[tokio::test]
async fn no_setting_lets_a_body_in_that_the_core_would_not_take() {
    let core = FakeCore::default();
    let mut settings = settings();
    settings.body_limit = usize::MAX;
    let body = vec![b' '; 16 * 1024 * 1024 + 1];
    let answer = send_with(&core, settings, "POST", "/v1/people", &[], body).await;
    assert_eq!(answer.error(), (413, "PAYLOAD_TOO_LARGE".to_owned()));
    assert_eq!(answer.json()["error"]["details"], json!({"limit": 16_777_216}));
}

#[tokio::test]
async fn another_content_type_is_refused_with_the_right_one() {
    let core = FakeCore::default();
    let answer = send_with(
        &core,
        settings(),
        "POST",
        "/v1/people",
        &[("content-type", "text/plain")],
        b"{}".to_vec(),
    )
    .await;
    assert_eq!(answer.error().0, 400);
    assert!(answer.text.contains("Content-Type: application/json"));
}
