use proto::v1::filter::Combinator;
use proto::v1::operand::Kind;
use proto::v1::{Condition, ListPeopleRequest, ListPeopleResponse, Operand, Operator};
use serde_json::json;

use crate::fake_core::{FakeCore, person};
use crate::rest_client::send;

/// The request that comes of a good query string.
pub(crate) async fn asked(query: &str) -> ListPeopleRequest {
    let core = FakeCore::default();
    let answer = send(&core, "GET", &format!("/v1/people?{query}"), &[], "").await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    core.asked_once::<ListPeopleRequest>()
}

pub(crate) fn condition(field: &str, operator: Operator, kinds: Vec<Kind>) -> Condition {
    Condition {
        field: field.to_owned(),
        group_id: String::new(),
        custom_field: String::new(),
        operator: operator.into(),
        operands: kinds
            .into_iter()
            .map(|kind| Operand { kind: Some(kind) })
            .collect(),
    }
}

pub(crate) fn text(value: &str) -> Kind {
    Kind::Text(value.to_owned())
}

pub(crate) fn id(value: &str) -> Kind {
    Kind::Id(value.to_owned())
}

async fn conditions(query: &str) -> Vec<Condition> {
    asked(query).await.filter.unwrap().conditions
}

#[tokio::test]
async fn a_list_without_parameters_is_the_first_page_of_all() {
    let asked = asked("").await;
    assert_eq!((asked.page_size, asked.page_token.as_str()), (0, ""));
    assert!(asked.filter.unwrap().conditions.is_empty());
}

#[tokio::test]
async fn limit_cursor_and_combinator_reach_the_core() {
    let asked = asked("limit=7&cursor=a%2Bb&combinator=or").await;
    assert_eq!((asked.page_size, asked.page_token.as_str()), (7, "a+b"));
    assert_eq!(asked.filter.unwrap().combinator(), Combinator::Or);
}

#[tokio::test]
async fn every_operator_has_its_name() {
    for (name, operator) in [
        ("eq", Operator::Eq),
        ("not_eq", Operator::NotEq),
        ("like", Operator::Like),
        ("not_like", Operator::NotLike),
        ("gt", Operator::Gt),
        ("lt", Operator::Lt),
        ("in", Operator::In),
        ("not_in", Operator::NotIn),
        ("all", Operator::All),
    ] {
        let expected = condition("job_title", operator, vec![text("a b")]);
        assert_eq!(
            conditions(&format!("filter[jobTitle][{name}]=a+b")).await,
            [expected]
        );
    }
    for query in ["empty", "empty]=", "empty%5D=x"] {
        let query = format!("filter%5Bemails%5D%5B{}", query);
        let query = if query.ends_with("empty") {
            query + "%5D"
        } else {
            query
        };
        let expected = condition("emails", Operator::Empty, vec![]);
        assert_eq!(conditions(&query).await, [expected]);
    }
}

#[tokio::test]
async fn a_repeated_key_is_several_values_or_several_conditions() {
    let query =
        "filter[groups][in][id]=a&filter[phones][like]=1&filter[groups][in][id]=b&filter[phones][like]=2";
    assert_eq!(
        conditions(query).await,
        [
            condition("groups", Operator::In, vec![id("a"), id("b")]),
            condition("phones", Operator::Like, vec![text("1")]),
            condition("phones", Operator::Like, vec![text("2")]),
        ]
    );
    let by_both = "filter[createdBy][in][id]=a&filter[createdBy][in][email]=b";
    let kinds = vec![id("a"), Kind::Email("b".to_owned())];
    assert_eq!(
        conditions(by_both).await,
        [condition("created_by", Operator::In, kinds)]
    );
}

#[tokio::test]
async fn the_name_of_a_custom_field_is_all_that_follows_its_group() {
    let found = conditions("filter[customFieldValues.grp_1.Net.%20[a][b]][not_in]=x").await;
    let mut expected = condition("custom_field_values", Operator::NotIn, vec![text("x")]);
    expected.group_id = "grp_1".to_owned();
    expected.custom_field = "Net. [a][b]".to_owned();
    assert_eq!(found, [expected]);
}

#[tokio::test]
async fn fields_have_the_names_of_answers_alone() {
    let expected = condition("create_time", Operator::Gt, vec![text("2021-01-01")]);
    assert_eq!(conditions("filter[createdAt][gt]=2021-01-01").await, [expected]);
    for name in ["create_time", "createTime", "job_title"] {
        assert_eq!(
            conditions(&format!("filter[{name}][eq]=x")).await[0].field,
            "",
            "{name}"
        );
    }
}

#[tokio::test]
async fn the_next_link_works_and_asks_the_same_of_the_next_page() {
    let page = ListPeopleResponse {
        people: vec![person("per_1"), person("per_2")],
        next_page_token: "t/+=".to_owned(),
    };
    let core = FakeCore::default().answering(page);
    let query =
        "filter[customFieldValues.grp_1.%26 [x]][eq]=%25 ä&combinator=or&limit=2&filter[emails][empty]";
    let query = query.replace(' ', "%20").replace('ä', "%C3%A4");
    let answer = send(&core, "GET", &format!("/v1/people?{query}"), &[], "").await;
    let data = &answer.json()["data"];
    assert_eq!(data["items"][1]["id"], json!("per_2"));
    let link = data["pagination"]["nextLink"].as_str().unwrap().to_owned();
    let (start, next_query) = link.split_once('?').unwrap();
    assert_eq!(start, "https://crm.test/v1/people");
    assert!(!next_query.contains(['[', ' ', '/']));

    let (first, second) = (asked(&query).await, asked(next_query).await);
    assert_eq!(second.page_token, "t/+=");
    assert_eq!((second.filter, second.page_size), (first.filter, first.page_size));
}

#[tokio::test]
async fn the_last_page_has_no_link() {
    let answer = send(&FakeCore::default(), "GET", "/v1/people", &[], "").await;
    assert_eq!(answer.json(), json!({"data": {"items": [], "pagination": {}}}));
}
