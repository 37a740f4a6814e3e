//! What cannot be asked, and what is told of it.

use serde_json::{Value, json};
use tests::fixture::{BOB, EVERYTHING, JANE, OTHER_GROUP};
use tests::{Condition, Operand, Query, Refused, TestServer, encoded};

use super::{OPERATORS, custom, fields};

/// An operand of a form that the field might take.
fn operand(field: &str) -> Operand {
    match field.rsplit('.').next().unwrap() {
        "groups" => Operand::id(EVERYTHING),
        "companies" => Operand::id(tests::fixture::TECH_CORP),
        "createdBy" | "Users" => Operand::id(JANE),
        "Contacts" => Operand::id(BOB),
        "Deals" => Operand::id(tests::fixture::DEAL),
        "birthday" | "createdAt" | "Date" => Operand::text("2025-01-01"),
        "Number" => Operand::text("1"),
        _ => Operand::text("A"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_that_a_field_does_not_have_is_refused_at_its_place_with_those_it_has() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    let mut refusals = 0;
    for (field, known) in fields() {
        for operator in OPERATORS.into_iter().filter(|operator| !known.contains(operator)) {
            let operands = if operator.ends_with("empty") {
                vec![]
            } else {
                vec![operand(&field)]
            };
            let query = Query::of(Condition::new(&field, operator, &operands));
            let expected = Refused::for_issues(&[(json!(["filter", field, operator]), "invalid_enum_value")]);
            assert_eq!(
                rest.list(&query).await,
                Err(expected.clone()),
                "{field} {operator}"
            );
            assert_eq!(rest.search(&query).await, Err(expected), "{field} {operator}");
            let refused = grpc.list(&query).await.unwrap_err();
            let path = json!(["filter", "conditions", 0, "operator"]);
            assert_eq!(
                refused,
                Refused::for_issues(&[(path, "invalid_enum_value")]),
                "{field} {operator}"
            );
            refusals += 1;
        }
    }
    assert!(refusals > 80, "{refusals}");
    let answer = server
        .rest()
        .send("GET", "/v1/people?filter[birthday][like]=1", "")
        .await
        .json();
    let issue = &answer["error"]["details"]["issues"][0];
    assert_eq!(
        issue["options"],
        json!(["eq", "not_eq", "gt", "lt", "empty", "not_empty"])
    );
    assert!(
        issue["message"].as_str().unwrap().contains("not_empty"),
        "{issue}"
    );
}

async fn issues(server: &TestServer, query: &str) -> Value {
    let answer = server
        .rest()
        .send("GET", &format!("/v1/people?{query}"), "")
        .await;
    assert_eq!(answer.status, 422, "{query} {}", answer.text);
    answer.json()["error"]["details"]["issues"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_field_is_named_with_those_that_exist() {
    let server = TestServer::start().await;
    let all = issues(&server, "filter[age][eq]=1").await;
    assert_eq!(all[0]["path"], json!(["filter", "age", "eq"]));
    let mut options: Vec<_> = all[0]["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    options.sort_unstable();
    assert_eq!(
        options,
        [
            "addresses",
            "birthday",
            "companies",
            "createdAt",
            "createdBy",
            "customFieldValues",
            "description",
            "emails",
            "firstName",
            "fullName",
            "groups",
            "jobTitle",
            "lastName",
            "phones",
            "urls",
        ]
    );
    let message = all[0]["message"].as_str().unwrap();
    assert!(
        message.contains("age") && message.contains("createdAt") && message.contains("jobTitle"),
        "{message}"
    );
    for field in [
        "first_name",
        "create_time",
        "createTime",
        "created_at",
        "FirstName",
        "id",
        "",
        "groups.x",
        "interactionMetadata",
    ] {
        let all = issues(&server, &format!("filter[{field}][eq]=1")).await;
        assert_eq!(all[0]["path"], json!(["filter", field, "eq"]), "{field} {all}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_custom_field_or_group_is_named_with_the_fields_that_exist() {
    let server = TestServer::start().await;
    let all = issues(
        &server,
        &format!("{}=1", encoded(&format!("filter[{}][eq]", custom("Nothing")))),
    )
    .await;
    let message = all[0]["message"].as_str().unwrap();
    assert!(
        message.contains("Nothing") || all[0]["path"].to_string().contains("Nothing"),
        "{all}"
    );
    for known in ["Text", "Multiple", "Deals", "Renamed"] {
        assert!(message.contains(known), "{message}");
    }
    for field in [
        format!("customFieldValues.{OTHER_GROUP}.Text"),
        "customFieldValues.grp_00000000-0000-7000-8000-000000000000.Text".to_owned(),
        "customFieldValues.grp_1.Text".to_owned(),
        format!("customFieldValues.{EVERYTHING}"),
        "customFieldValues".to_owned(),
    ] {
        let all = issues(&server, &format!("filter[{field}][eq]=1")).await;
        assert_eq!(all[0]["path"], json!(["filter", field, "eq"]), "{all}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_do_not_fit_are_refused_where_they_were_written() {
    let server = TestServer::unlimited().await;
    let [rest, _] = server.both();
    let text = Operand::text;
    for (field, operator, operands, place, code) in [
        (
            "birthday".to_owned(),
            "eq",
            vec![text("2025-02-30")],
            vec![],
            "invalid_date",
        ),
        (
            "createdAt".to_owned(),
            "gt",
            vec![text("yesterday")],
            vec![],
            "invalid_date",
        ),
        (
            custom("Number"),
            "lt",
            vec![text("1,5")],
            vec![],
            "invalid_string",
        ),
        (
            custom("Select"),
            "eq",
            vec![text("D")],
            vec![],
            "invalid_enum_value",
        ),
        (
            custom("Select"),
            "in",
            vec![text("A"), text("D")],
            vec![json!(1)],
            "invalid_enum_value",
        ),
        (
            "groups".to_owned(),
            "in",
            vec![Operand::id(JANE)],
            vec![json!("id")],
            "custom",
        ),
        ("createdBy".to_owned(), "in", vec![text("John")], vec![], "custom"),
        (
            "firstName".to_owned(),
            "eq",
            vec![Operand::id(BOB)],
            vec![json!("id")],
            "custom",
        ),
        (
            "firstName".to_owned(),
            "eq",
            vec![text("a\0")],
            vec![],
            "invalid_string",
        ),
    ] {
        let query = Query::of(Condition::new(&field, operator, &operands));
        let mut path = vec![json!("filter"), json!(field), json!(operator)];
        path.extend(place);
        let expected = Refused::for_issues(&[(Value::Array(path), code)]);
        assert_eq!(
            rest.list(&query).await,
            Err(expected),
            "{field} {operator} {operands:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_problems_are_told_at_once() {
    let server = TestServer::start().await;
    let all = issues(&server, "filter[age][eq]=1&filter[birthday][like]=x&filter[emails][is]=x&limit=0&combinator=xor&page=2&filter[x]=1").await;
    let told = all.as_array().unwrap().len();
    assert_eq!(told, 7, "{all}");
    let body = json!({"filter": {"age": {"eq": 1}, "emails": {}, "phones": {"is": 1}, "urls": 3, "groups": {"in": []}},
        "combinator": "xor", "limit": 0, "page": 2});
    let answer = server
        .rest()
        .send("POST", "/v1/people/search", body.to_string())
        .await;
    let issues = answer.json()["error"]["details"]["issues"].clone();
    assert_eq!(issues.as_array().unwrap().len(), 8, "{issues}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_has_up_to_100_conditions() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (count, good) in [(100, true), (101, false)] {
            let conditions =
                (0..count).map(|n| Condition::new("firstName", "not_eq", &[Operand::Text(n.to_string())]));
            let query = Query {
                conditions: conditions.collect(),
                ..Query::default()
            };
            assert_eq!(api.list(&query).await.is_ok(), good, "{} {count}", api.name());
        }
    }
}
