use proto::v1::operand::Kind;
use proto::v1::{ListPeopleRequest, ListPeopleResponse, Operator};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::list_people::{asked, condition, id, text};
use crate::rest_client::{Answer, send};

async fn search(core: &FakeCore, body: &str) -> Answer {
    send(core, "POST", "/v1/people/search", &[], body).await
}

fn full_page() -> FakeCore {
    FakeCore::default().answering(ListPeopleResponse {
        people: Vec::new(),
        next_page_token: "t".to_owned(),
    })
}

async fn next_link(core: &FakeCore, body: &str) -> String {
    let answer = search(core, body).await;
    answer.json()["data"]["pagination"]["nextLink"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_body_is_the_same_filter_as_a_query_string() {
    let core = FakeCore::default();
    let body = r#"{"combinator": "or", "limit": 5, "filter": {
        "jobTitle": {"like": "x", "not_eq": ["a", "b"]},
        "customFieldValues.grp_1.Net worth": {"gt": 1.50},
        "emails": {"empty": true}, "phones": {"not_empty": null},
        "groups": {"all": {"id": "g"}},
        "createdBy": {"in": [{"id": "u"}, {"email": "e"}]}}}"#;
    assert_eq!(search(&core, body).await.status, 200);
    let asked = core.asked_once::<ListPeopleRequest>();
    assert_eq!(asked.page_size, 5);
    let filter = asked.filter.unwrap();
    let mut worth = condition("custom_field_values", Operator::Gt, vec![text("1.50")]);
    worth.group_id = "grp_1".to_owned();
    worth.custom_field = "Net worth".to_owned();
    assert_eq!(
        filter.conditions,
        [
            condition("job_title", Operator::Like, vec![text("x")]),
            condition("job_title", Operator::NotEq, vec![text("a")]),
            condition("job_title", Operator::NotEq, vec![text("b")]),
            worth,
            condition("emails", Operator::Empty, vec![]),
            condition("phones", Operator::NotEmpty, vec![]),
            condition("groups", Operator::All, vec![id("g")]),
            condition(
                "created_by",
                Operator::In,
                vec![id("u"), Kind::Email("e".to_owned())]
            ),
        ]
    );

    let link = next_link(&full_page(), body).await;
    let query = link.strip_prefix("https://crm.test/v1/people?").unwrap();
    let followed = self::asked(query).await;
    assert_eq!((followed.filter, followed.page_size), (Some(filter), 5));
    assert_eq!(followed.page_token, "t");
}

#[tokio::test]
async fn a_filter_that_is_too_long_for_a_link_is_sent_again() {
    let values = vec!["x".repeat(30); 500];
    let body = json!({"filter": {"emails": {"eq": values}}}).to_string();
    assert_eq!(
        next_link(&full_page(), &body).await,
        "https://crm.test/v1/people/search?cursor=t"
    );
}

#[tokio::test]
async fn limit_and_cursor_may_be_in_the_query_string_and_the_rest_is_ignored() {
    let core = FakeCore::default();
    let path = "/v1/people/search?limit=3&cursor=c&filter[emails][eq]=x&y=z";
    assert_eq!(send(&core, "POST", path, &[], "{}").await.status, 200);
    let asked = core.asked_once::<ListPeopleRequest>();
    assert_eq!((asked.page_size, asked.page_token.as_str()), (3, "c"));
    assert!(asked.filter.unwrap().conditions.is_empty());

    let answer = send(&core, "POST", path, &[], r#"{"limit": 3, "cursor": "c"}"#).await;
    assert_eq!(answer.issue_paths(), json!([["limit"], ["cursor"]]));
}

#[tokio::test]
async fn issues_are_at_their_json_paths() {
    let core = FakeCore::default().failing(refusal(&[
        "filter.conditions.1.operands.0",
        "filter.conditions.2.operands.0",
    ]));
    let body = r#"{"filter": {"birthday": {"gt": ["a", "b"], "in": []}, "groups": {"in": [{"id": "x"}], "all": {"id": "y"}},
        "emails": {"eq": null, "like": [true]}, "phones": {}, "urls": {"is": 1}, "createdBy": {"in": {"id": "a", "email": "b"}},
        "companies": []}, "limit": "3", "combinator": 1, "x": 1}"#;
    let answer = search(&core, body).await;
    assert_eq!(
        answer.issue_paths(),
        json!([
            ["combinator"],
            ["filter", "birthday", "in"],
            ["filter", "emails", "eq"],
            ["filter", "emails", "like", 0],
            ["filter", "phones"],
            ["filter", "urls", "is"],
            ["filter", "createdBy", "in"],
            ["filter", "companies"],
            ["limit"],
            [],
            ["filter", "birthday", "gt", 1],
            ["filter", "groups", "in", 0, "id"]
        ])
    );
}
