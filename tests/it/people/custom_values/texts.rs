//! `textField` and `magicField`.

use serde_json::json;
use tests::TestServer;
use tests::fixture::EVERYTHING;

use super::{assert_refused, person, shown};

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_kept_without_the_white_space_around_it() {
    let server = TestServer::start().await;
    for api in server.both() {
        for field in ["Text", "Magic"] {
            for (sent, kept) in [
                ("plain", "plain"),
                ("  line one\n line two\t", "line one\n line two"),
                ("42", "42"),
                ("null", "null"),
                (
                    "\u{2028}🧑\u{200d}🚀 «ß» \\ \" \u{7f}",
                    "🧑\u{200d}🚀 «ß» \\ \" \u{7f}",
                ),
            ] {
                assert_eq!(
                    shown(&api, field, &json!(sent)).await,
                    kept,
                    "{} {field}",
                    api.name()
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_has_up_to_5000_characters_before_trimming() {
    let server = TestServer::start().await;
    for api in server.both() {
        for field in ["Text", "Magic"] {
            let longest = json!("😀".repeat(5000));
            assert_eq!(
                shown(&api, field, &longest).await,
                longest,
                "{} {field}",
                api.name()
            );
            for long in ["😀".repeat(5001), format!("{}a", " ".repeat(5000))] {
                assert_refused(&api, field, &json!(long), &[], "too_big").await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_a_text_is_taken() {
    let server = TestServer::start().await;
    for api in server.both() {
        for field in ["Text", "Magic"] {
            for wrong in [
                json!(42),
                json!(true),
                json!(["a"]),
                json!({"id": "a"}),
                json!([{"id": "a"}]),
            ] {
                assert_refused(&api, field, &wrong, &[], "invalid_type").await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issue_says_what_the_type_takes_and_its_bounds() {
    let server = TestServer::start().await;
    let issue = async |value| {
        let body = person("Text", &value).to_string();
        let answer = server.rest().send("POST", "/v1/people", body).await.json();
        let mut issue = answer["error"]["details"]["issues"][0].clone();
        let message = issue.as_object_mut().unwrap().remove("message").unwrap();
        (issue, message.as_str().unwrap().to_owned())
    };
    let path = json!(["customFieldValues", EVERYTHING, "Text"]);

    let (long, _) = issue(json!("a".repeat(5001))).await;
    let expected = json!({"code": "too_big", "path": path, "type": "string", "maximum": 5000, "inclusive": true,
        "exact": false});
    assert_eq!(long, expected);

    let (number, message) = issue(json!(42)).await;
    let expected = json!({"code": "invalid_type", "path": path, "expected": "string", "received": "number"});
    assert_eq!(number, expected);
    assert!(
        message.contains("textField") && message.contains("5,000"),
        "{message}"
    );
}
