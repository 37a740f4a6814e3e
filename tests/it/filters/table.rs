//! Every field with every operator that it has.

use std::collections::BTreeSet;

use serde_json::json;
use tests::fixture::{BOB, CLIENTS, DEAL, EVERYTHING, FRIENDS, HR_SERVICES, JANE, JOHN, PROJECT, TECH_CORP};
use tests::{Condition, Operand, Query};

use super::known::Known;
use super::{custom, fields};

fn texts(texts: &[&str]) -> Vec<Operand> {
    texts.iter().map(|text| Operand::text(text)).collect()
}

fn ids(ids: &[&str]) -> Vec<Operand> {
    ids.iter().map(|id| Operand::id(id)).collect()
}

/// Field, operator, operands, and who fits: Ada, Bea, Cyd, Dan, bOb.
fn table() -> Vec<(String, &'static str, Vec<Operand>, &'static str)> {
    let mut table = Vec::new();
    let mut add = |field: &str, rows: &[(&'static str, Vec<Operand>, &'static str)]| {
        for (operator, operands, who) in rows {
            table.push((field.to_owned(), *operator, operands.clone(), *who));
        }
    };
    let text = |operator, text: &str, who| (operator, texts(&[text]), who);
    let bare = |operator, who| (operator, Vec::new(), who);
    add(
        "fullName",
        &[
            text("eq", "Ada Lovelace", "a"),
            text("eq", "ada lovelace", ""),
            text("not_eq", "Cyd", "abdo"),
            text("like", "LOVE", "ab"),
            text("not_like", "love", "cdo"),
            bare("empty", ""),
            bare("not_empty", "abcdo"),
        ],
    );
    add(
        "firstName",
        &[
            text("eq", "Dan", "d"),
            text("eq", "Da", ""),
            text("not_eq", "Ada", "bcdo"),
            text("like", "a", "abd"),
            text("not_like", "a", "co"),
            bare("empty", "c"),
            bare("not_empty", "abdo"),
        ],
    );
    add(
        "lastName",
        &[
            text("eq", "lovelace", "b"),
            text("not_eq", "lovelace", "acdo"),
            text("like", "S", "o"),
            text("not_like", "s", "abcd"),
            bare("empty", "cd"),
            bare("not_empty", "abo"),
        ],
    );
    add(
        "jobTitle",
        &[
            text("eq", "100% Mathematician", "a"),
            text("not_eq", "100% Mathematician", "bcdo"),
            text("like", "0% m", "a"),
            text("like", "%", "a"),
            text("not_like", "%", "bcdo"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        "description",
        &[
            text("eq", "a_b\\c", "a"),
            text("not_eq", "d", "abco"),
            text("like", "A_B", "a"),
            text("like", "B\\C", "ab"),
            text("not_like", "\\", "cdo"),
            bare("empty", "co"),
            bare("not_empty", "abd"),
        ],
    );
    add(
        "emails",
        &[
            text("eq", "ADA@example.COM", "a"),
            text("eq", "second@example.com", "a"),
            text("eq", "example.com", ""),
            text("eq", " bea@example.com", ""),
            text("not_eq", "ada@example.com", "bcdo"),
            text("like", "@EXAMPLE", "ab"),
            text("not_like", "second", "bcdo"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        "phones",
        &[
            text("eq", "+2", "ab"),
            text("eq", "2", ""),
            text("not_eq", "+1", "bcdo"),
            text("like", "+", "ab"),
            text("not_like", "1", "bcdo"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        "addresses",
        &[
            text("eq", "Élysée 1", "a"),
            text("eq", "élysée 1", ""),
            text("not_eq", "élysée 2", "acdo"),
            text("like", "ÉLYSÉE", "ab"),
            text("not_like", "1", "bcdo"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        "urls",
        &[
            text("eq", "https://a.example", "ab"),
            text("not_eq", "https://b.example", "acdo"),
            text("like", "//B", "b"),
            text("not_like", "a.", "cdo"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        "birthday",
        &[
            text("eq", "2000-02-29", "b"),
            text("not_eq", "2000-02-29", "acdo"),
            text("gt", "1815-12-10", "b"),
            text("gt", "1815-12-09", "ab"),
            text("lt", "2000-02-29", "a"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        "createdAt",
        &[
            text("eq", "2025-01-01", "abc"),
            text("eq", "2025-01-01T12:00:00.123Z", "b"),
            text("eq", "2025-01-01T13:00:00.123+01:00", "b"),
            text("not_eq", "2025-01-01", "do"),
            text("gt", "2025-01-01", "d"),
            text("gt", "2025-01-01T00:00:00.000Z", "bcd"),
            text("lt", "2025-01-01", "o"),
            text("lt", "2025-01-01T12:00:00.123Z", "ao"),
            bare("empty", ""),
            bare("not_empty", "abcdo"),
        ],
    );
    add(
        "groups",
        &[
            ("in", ids(&[FRIENDS, CLIENTS]), "bo"),
            ("not_in", ids(&[FRIENDS, CLIENTS]), "acd"),
            ("all", ids(&[EVERYTHING, FRIENDS]), "b"),
            ("all", ids(&[EVERYTHING, EVERYTHING]), "abc"),
            bare("empty", "d"),
            bare("not_empty", "abco"),
        ],
    );
    add(
        "companies",
        &[
            ("in", ids(&[HR_SERVICES]), "a"),
            ("not_in", ids(&[HR_SERVICES]), "bcdo"),
            ("all", ids(&[TECH_CORP, HR_SERVICES]), "a"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        "createdBy",
        &[
            ("in", ids(&[JANE]), "cd"),
            (
                "in",
                vec![Operand::email("JANE@example.com"), Operand::id(JOHN)],
                "abcdo",
            ),
            ("in", vec![Operand::email("nobody@example.com")], ""),
            ("not_in", vec![Operand::email("jane@example.com")], "abo"),
            ("not_in", vec![Operand::email("nobody@example.com")], "abcdo"),
        ],
    );
    add(
        &custom("Text"),
        &[
            text("eq", "text", "b"),
            text("not_eq", "text", "acdo"),
            text("like", "TEXT", "ab"),
            text("not_like", "long", "bcdo"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        &custom("Magic"),
        &[
            text("eq", "M", "b"),
            text("not_eq", "M", "acdo"),
            text("like", "m", "ab"),
            text("not_like", "M", "cdo"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        &custom("Number"),
        &[
            text("eq", "42.5", "a"),
            text("eq", "042.500", "a"),
            text("not_eq", "42.5", "bcdo"),
            text("gt", "-7", "a"),
            text("gt", "-7.001", "ab"),
            text("lt", "5", "b"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        &custom("Date"),
        &[
            text("eq", "2021-01-01", "a"),
            text("not_eq", "2021-01-01", "bcdo"),
            text("gt", "2021-01-01", "b"),
            text("lt", "2021-01-02", "a"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        &custom("Select"),
        &[
            text("eq", "A", "a"),
            text("eq", "Alpha", "a"),
            text("not_eq", "A", "bcdo"),
            ("in", texts(&["A", "C"]), "a"),
            ("not_in", texts(&["A", "C"]), "bcdo"),
            ("all", texts(&["B"]), "b"),
            ("all", texts(&["A", "B"]), ""),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        &custom("Multiple"),
        &[
            text("eq", "B", "ab"),
            text("not_eq", "A", "bcdo"),
            ("in", texts(&["A", "C"]), "a"),
            ("not_in", texts(&["Alpha"]), "bcdo"),
            ("all", texts(&["A", "B"]), "a"),
            ("all", texts(&["B", "B"]), "ab"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        &custom("Contacts"),
        &[
            ("in", ids(&[HR_SERVICES, TECH_CORP]), "a"),
            ("not_in", ids(&[HR_SERVICES]), "bcdo"),
            ("all", ids(&[HR_SERVICES, BOB]), "a"),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        &custom("Users"),
        &[
            ("in", vec![Operand::email("JANE@example.com")], "ab"),
            ("in", ids(&[JOHN]), "a"),
            ("not_in", vec![Operand::email("john.doe@example.com")], "bcdo"),
            (
                "all",
                vec![Operand::id(JANE), Operand::email("john.doe@example.com")],
                "a",
            ),
            (
                "all",
                vec![Operand::id(JANE), Operand::email("nobody@example.com")],
                "",
            ),
            bare("empty", "cdo"),
            bare("not_empty", "ab"),
        ],
    );
    add(
        &custom("Deals"),
        &[
            ("in", ids(&[DEAL]), "a"),
            ("not_in", ids(&[DEAL, PROJECT]), "bcdo"),
            ("all", ids(&[DEAL]), "a"),
            bare("empty", "bcdo"),
            bare("not_empty", "a"),
        ],
    );
    table
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_with_each_operator_finds_just_who_fits_in_all_three_ways() {
    let known = Known::new().await;
    let mut tried = BTreeSet::new();
    let mut wrong = Vec::new();
    for (field, operator, operands, expected) in table() {
        let query = Query::of(Condition::new(&field, operator, &operands));
        let who = known.who(&query).await;
        if who != expected {
            wrong.push(format!(
                "{field} {operator} {operands:?}: {who} instead of {expected}"
            ));
        }
        tried.insert((field, operator));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let all = fields().into_iter();
    let all: BTreeSet<_> = all
        .flat_map(|(field, operators)| operators.iter().map(move |one| (field.clone(), *one)))
        .collect();
    assert_eq!(tried, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn conditions_are_joined_by_and_unless_or_is_asked() {
    let known = Known::new().await;
    let conditions = vec![
        Condition::new("firstName", "like", &texts(&["a"])),
        Condition::new("emails", "empty", &[]),
        Condition::new("createdBy", "in", &ids(&[JANE])),
    ];
    for (combinator, expected) in [(None, "d"), (Some("and"), "d"), (Some("or"), "abcdo")] {
        let query = Query {
            combinator,
            conditions: conditions.clone(),
            limit: None,
        };
        assert_eq!(known.who(&query).await, expected, "{combinator:?}");
        let none = Query {
            combinator,
            ..Query::default()
        };
        assert_eq!(known.who(&none).await, "abcdo", "{combinator:?}");
    }
    // A key that is repeated is a condition for each value, unless the operator takes several.
    let query = Query::of(Condition::new("firstName", "like", &texts(&["a", "d"])));
    let [rest, _] = known.server.both();
    for page in [rest.list(&query).await, rest.search(&query).await] {
        assert_eq!(known.letters(&page.unwrap()), "ad");
    }
    let query = Query {
        combinator: Some("or"),
        ..Query::of(Condition::new("firstName", "eq", &texts(&["Ada", "Dan"])))
    };
    assert_eq!(known.letters(&rest.list(&query).await.unwrap()), "ad");
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_is_written_bare_or_with_any_value_and_brackets_may_be_encoded() {
    let known = Known::new().await;
    let client = known.server.rest();
    for query in [
        "filter[emails][empty]",
        "filter[emails][empty]=",
        "filter[emails][empty]=true",
        "filter[emails][empty]=false",
        "filter%5Bemails%5D%5Bempty%5D",
        "filter%5Bemails%5D[empty]=x&combinator=and",
        "filter[emails][empty]&filter[emails][empty]",
    ] {
        let answer = client.send("GET", &format!("/v1/people?{query}"), "").await;
        assert_eq!(
            answer.json()["data"]["items"].as_array().map(Vec::len),
            Some(3),
            "{query} {}",
            answer.text
        );
    }
    for value in [
        json!(true),
        json!(false),
        json!(null),
        json!(""),
        json!([]),
        json!({"a": 1}),
    ] {
        let body = json!({"filter": {"emails": {"empty": value}}});
        let answer = client.send("POST", "/v1/people/search", body.to_string()).await;
        assert_eq!(
            answer.json()["data"]["items"].as_array().map(Vec::len),
            Some(3),
            "{body} {}",
            answer.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_custom_fields_may_hold_what_the_syntax_uses() {
    let known = Known::new().await;
    let [rest, grpc] = known.server.both();
    let names = [
        "Net worth (k$)",
        "a.b[c]",
        "[eq]",
        "x][in][id",
        "é&=+ %20#",
        "[",
        "]",
        ".",
        "eq][eq",
    ];
    let path = format!("/v1/groups/{EVERYTHING}/custom-fields/person");
    for name in names {
        let body = json!({"name": name, "type": "textField"});
        let answer = known.server.rest().send("POST", &path, body.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let body = json!({"firstName": name, "groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {name: "here"}}});
        grpc.create(&body).await.unwrap();
    }
    for name in names {
        for (operator, operands) in [
            ("eq", texts(&["here"])),
            ("like", texts(&["HER"])),
            ("not_empty", vec![]),
        ] {
            let query = Query::of(Condition::new(&custom(name), operator, &operands));
            for page in [
                rest.list(&query).await,
                rest.search(&query).await,
                grpc.list(&query).await,
            ] {
                let page = page.unwrap_or_else(|refused| panic!("{name} {operator} {refused:?}"));
                let found: Vec<_> = page.people.iter().map(|person| &person["firstName"]).collect();
                assert_eq!(found, [name], "{operator}");
            }
        }
    }
}
