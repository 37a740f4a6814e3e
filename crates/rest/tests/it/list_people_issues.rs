use proto::v1::violation::{InvalidEnumValue, Problem};
use proto::v1::{ListPeopleRequest, Violation};
use serde_json::json;
use tonic::Code;

use crate::fake_core::{FakeCore, failure, refusal, violation};
use crate::rest_client::{Answer, send};

async fn list(core: &FakeCore, query: &str) -> Answer {
    send(core, "GET", &format!("/v1/people?{query}"), &[], "").await
}

#[tokio::test]
async fn a_limit_is_a_whole_number_from_1_to_100() {
    for (limit, code) in [
        ("0", "too_small"),
        ("101", "too_big"),
        ("ten", "invalid_type"),
        ("", "invalid_type"),
        ("1.5", "invalid_type"),
    ] {
        let answer = list(&FakeCore::default(), &format!("limit={limit}")).await;
        assert_eq!(answer.error().0, 422, "{limit}");
        assert_eq!(answer.issues()[0]["code"], code, "{limit}");
        assert_eq!(answer.issue_paths(), json!([["limit"]]));
    }
}

#[tokio::test]
async fn what_can_be_given_once_is_given_once() {
    for name in ["limit", "cursor", "combinator"] {
        let value = if name == "combinator" { "and" } else { "1" };
        let answer = list(&FakeCore::default(), &format!("{name}={value}&{name}={value}")).await;
        assert_eq!(answer.issue_paths(), json!([[name]]));
    }
}

#[tokio::test]
async fn an_empty_cursor_is_not_the_first_page() {
    let answer = list(&FakeCore::default(), "cursor=").await;
    assert_eq!(answer.issue_paths(), json!([["cursor"]]));
}

#[tokio::test]
async fn what_is_unknown_is_named_beside_what_exists() {
    let answer = list(&FakeCore::default(), "Limit=1&filters[a][eq]=b").await;
    assert_eq!(answer.issues()[0]["keys"], json!(["Limit", "filters[a][eq]"]));
    let message = answer.issues()[0]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("combinator"), "{message}");

    let answer = list(&FakeCore::default(), "filter[emails][is]=b&combinator=xor").await;
    assert_eq!(
        answer.issue_paths(),
        json!([["combinator"], ["filter", "emails", "is"]])
    );
    assert_eq!(answer.issues()[0]["options"], json!(["and", "or"]));
    assert_eq!(answer.issues()[1]["options"][3], "not_like");
}

#[tokio::test]
async fn a_malformed_filter_is_never_ignored() {
    for key in [
        "filter",
        "filter[emails]",
        "filter[groups][id]",
        "filter[emails][eq",
    ] {
        let answer = list(&FakeCore::default(), &format!("{key}=x")).await;
        assert_eq!(answer.issue_paths(), json!([[key]]));
    }
    let answer = list(&FakeCore::default(), "filter[emails][empty][id]=x").await;
    assert_eq!(answer.issue_paths(), json!([["filter", "emails", "empty"]]));
}

#[tokio::test]
async fn the_cores_issues_are_at_what_was_written_and_beside_those_of_shape() {
    let core = FakeCore::default().failing(refusal(&[
        "page_token",
        "filter.conditions",
        "filter.conditions.0.operands.1.id",
        "filter.conditions.1.operands.0",
        "filter.conditions.2.operands.0",
        "filter.conditions.3.group_id",
    ]));
    let query = "filter[groups][in][id]=a&filter[groups][in][id]=b&filter[birthday][gt]=x&filter[birthday][gt]=y\
                 &filter[customFieldValues.g.F][eq]=z&cursor=c&limit=0";
    let answer = list(&core, query).await;
    assert_eq!(
        answer.issue_paths(),
        json!([
            ["limit"],
            ["cursor"],
            ["filter"],
            ["filter", "groups", "in", "id", 1],
            ["filter", "birthday", "gt", 0],
            ["filter", "birthday", "gt", 1],
            ["filter", "customFieldValues.g.F", "eq"]
        ])
    );
    assert_eq!(core.asked_once::<ListPeopleRequest>().page_token, "c");
    assert_eq!(answer.header("x-ratelimit-limit"), "600");
}

#[tokio::test]
async fn what_the_core_lists_has_the_names_of_this_api() {
    let options = |path: &str, options: &[&str]| Violation {
        problem: Some(Problem::InvalidEnumValue(InvalidEnumValue {
            options: options.iter().map(|one| (*one).to_owned()).collect(),
        })),
        ..violation(path)
    };
    let core = FakeCore::default().failing(failure(
        Code::InvalidArgument,
        "INVALID",
        &[],
        vec![
            options("filter.conditions.0.field", &["first_name", "create_time"]),
            options("filter.conditions.1.operator", &["OPERATOR_EQ", "not_eq"]),
        ],
    ));
    let issues = list(&core, "filter[color][eq]=a&filter[emails][gt]=1")
        .await
        .issues();
    assert_eq!(issues[0]["path"], json!(["filter", "color", "eq"]));
    assert_eq!(issues[0]["options"], json!(["firstName", "createdAt"]));
    assert_eq!(
        issues[0]["message"],
        "unknown field \"color\"; there are firstName, createdAt"
    );
    assert_eq!(issues[1]["options"], json!(["eq", "not_eq"]));
}
