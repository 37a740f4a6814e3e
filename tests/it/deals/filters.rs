//! Every field of a deal with every operator that it has, asked in each of the three ways.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};
use tests::fixture::{BOB, DEAL, EVERYTHING, HR_SERVICES, JANE, JOHN, PROJECT, TECH_CORP, WRITE_KEY};
use tests::{Condition, Operand, Query, TestServer};

use super::{id, parties};

const TEXT: &[&str] = &["eq", "not_eq", "like", "not_like", "empty", "not_empty"];
const ORDER: &[&str] = &["eq", "not_eq", "gt", "lt", "empty", "not_empty"];
const SELECT: &[&str] = &["eq", "not_eq", "in", "not_in", "all", "empty", "not_empty"];
const LINKS: &[&str] = &["in", "not_in", "all", "empty", "not_empty"];
const ALL: [&str; 11] = [
    "eq",
    "not_eq",
    "like",
    "not_like",
    "gt",
    "lt",
    "in",
    "not_in",
    "all",
    "empty",
    "not_empty",
];

/// The contract's sentence.
const FIELDS: [(&str, &[&str]); 14] = [
    ("name", TEXT),
    ("people", LINKS),
    ("companies", LINKS),
    ("createdAt", ORDER),
    ("createdBy", &["in", "not_in"]),
    ("customFieldValues.Text", TEXT),
    ("customFieldValues.Magic", TEXT),
    ("customFieldValues.Number", ORDER),
    ("customFieldValues.Date", ORDER),
    ("customFieldValues.Select", SELECT),
    ("customFieldValues.Multiple", SELECT),
    ("customFieldValues.Contacts", LINKS),
    ("customFieldValues.Users", LINKS),
    ("customFieldValues.Deals", LINKS),
];

/// A service with deals A, b and C beside the Big deal.
struct Known {
    server: TestServer,
    letters: HashMap<String, char>,
    parties: [Value; 4],
}

async fn known() -> Known {
    let server = TestServer::unlimited().await;
    server.define_fields("Deals").await;
    let [johns, _] = server.both();
    let [_, janes] = server.both_as(WRITE_KEY);
    let parties = parties(&johns).await;
    let [ada, bea, engines, bakery] = parties.each_ref().map(|record| json!({"id": record["id"]}));
    let first = json!({
        "name": "Analytical 100%", "people": [ada, bea], "companies": [engines, bakery],
        "customFieldValues": {"Text": "Long text", "Magic": "m", "Number": "42.50", "Date": "2021-01-01", "Select": "A",
            "Multiple": ["A", "B"], "Contacts": [{"id": BOB}, {"id": HR_SERVICES}], "Users": [{"id": JOHN}, {"id": JANE}],
            "Deals": [{"id": DEAL}]},
    });
    let second = json!({
        "name": "bakery 100", "people": [bea], "companies": [bakery],
        "customFieldValues": {"Text": "text", "Magic": "M", "Number": -7, "Date": "2021-01-02", "Select": "B",
            "Multiple": ["B"], "Contacts": [{"id": BOB}], "Users": [{"id": JANE}]},
    });
    let mut letters = HashMap::from([(DEAL.to_owned(), 'd')]);
    for (letter, body, api) in [
        ('a', first, &johns),
        ('b', second, &janes),
        ('c', json!({"name": "Cellar"}), &janes),
    ] {
        let made = api.deals(EVERYTHING, "Deals").create(&body).await.unwrap();
        letters.insert(id(&made).to_owned(), letter);
    }
    // Where nobody asks, somebody who would fit.
    johns
        .deals(EVERYTHING, "Projects")
        .create(&json!({"name": "bakery 100"}))
        .await
        .unwrap();
    let at = "UPDATE objects SET created_at = CASE name WHEN 'bakery 100' THEN '2025-01-01T12:00:00.123Z' \
        WHEN 'Cellar' THEN '2025-01-02T00:00:00.000Z' ELSE '2024-12-31T23:59:59.999Z' END::timestamptz";
    server.database.connect().await.batch_execute(at).await.unwrap();
    Known {
        server,
        letters,
        parties,
    }
}

impl Known {
    /// Field, operator, operands, and who fits: Analytical, bakery, Cellar, big Deal.
    fn table(&self) -> Vec<(String, &'static str, Vec<Operand>, &'static str)> {
        let mut rows = Vec::new();
        for (field, operator, values, who) in [
            ("name", "eq", "bakery 100", "b"),
            ("name", "eq", "Bakery 100", ""),
            ("name", "not_eq", "Cellar", "abd"),
            ("name", "like", "0%", "a"),
            ("name", "like", "BAKERY", "b"),
            ("name", "not_like", "100", "cd"),
            ("createdAt", "eq", "2025-01-01", "b"),
            ("createdAt", "not_eq", "2025-01-01", "acd"),
            ("createdAt", "gt", "2025-01-01T12:00:00.123Z", "c"),
            ("createdAt", "lt", "2025-01-01", "ad"),
            ("@Text", "eq", "text", "b"),
            ("@Text", "not_eq", "text", "acd"),
            ("@Text", "like", "TEXT", "ab"),
            ("@Text", "not_like", "long", "bcd"),
            ("@Magic", "eq", "M", "b"),
            ("@Magic", "not_eq", "M", "acd"),
            ("@Magic", "like", "m", "ab"),
            ("@Magic", "not_like", "M", "cd"),
            ("@Number", "eq", "042.500", "a"),
            ("@Number", "not_eq", "42.5", "bcd"),
            ("@Number", "gt", "-7", "a"),
            ("@Number", "lt", "42.5", "b"),
            ("@Date", "eq", "2021-01-01", "a"),
            ("@Date", "not_eq", "2021-01-01", "bcd"),
            ("@Date", "gt", "2021-01-01", "b"),
            ("@Date", "lt", "2021-01-02", "a"),
            ("@Select", "eq", "A", "a"),
            ("@Select", "not_eq", "A", "bcd"),
            ("@Select", "in", "A C", "a"),
            ("@Select", "not_in", "A C", "bcd"),
            ("@Select", "all", "B", "b"),
            ("@Multiple", "eq", "B", "ab"),
            ("@Multiple", "not_eq", "A", "bcd"),
            ("@Multiple", "in", "A C", "a"),
            ("@Multiple", "not_in", "A", "bcd"),
            ("@Multiple", "all", "A B", "a"),
        ] {
            let several = ["in", "not_in", "all"].contains(&operator);
            let values: Vec<_> = if several {
                values.split(' ').collect()
            } else {
                vec![values]
            };
            rows.push((
                field,
                operator,
                values.into_iter().map(Operand::text).collect(),
                who,
            ));
        }
        let ids = |ids: &[&str]| ids.iter().map(|id| Operand::id(id)).collect::<Vec<_>>();
        let [ada, bea, engines, bakery] = self.parties.each_ref().map(id);
        rows.extend([
            ("people", "in", ids(&[ada, BOB]), "a"),
            ("people", "not_in", ids(&[ada]), "bcd"),
            ("people", "all", ids(&[ada, bea]), "a"),
            ("companies", "in", ids(&[bakery, TECH_CORP]), "ab"),
            ("companies", "not_in", ids(&[engines]), "bcd"),
            ("companies", "all", ids(&[bakery, engines]), "a"),
            ("createdBy", "in", vec![Operand::email("JANE@example.com")], "bc"),
            ("createdBy", "not_in", ids(&[JANE]), "ad"),
            ("@Contacts", "in", ids(&[HR_SERVICES, TECH_CORP]), "a"),
            ("@Contacts", "not_in", ids(&[HR_SERVICES]), "bcd"),
            ("@Contacts", "all", ids(&[BOB, HR_SERVICES]), "a"),
            ("@Users", "in", ids(&[JANE]), "ab"),
            (
                "@Users",
                "not_in",
                vec![Operand::email("john.doe@example.com")],
                "bcd",
            ),
            (
                "@Users",
                "all",
                vec![Operand::id(JOHN), Operand::email("jane@example.com")],
                "a",
            ),
            ("@Deals", "in", ids(&[DEAL]), "a"),
            ("@Deals", "not_in", ids(&[DEAL, PROJECT]), "bcd"),
            ("@Deals", "all", ids(&[DEAL]), "a"),
        ]);
        for (field, operators) in FIELDS {
            let (some, none) = match field {
                "name" | "createdAt" => ("abcd", ""),
                "customFieldValues.Deals" => ("a", "bcd"),
                _ => ("ab", "cd"),
            };
            if operators.contains(&"empty") {
                rows.push((field, "empty", Vec::new(), none));
                rows.push((field, "not_empty", Vec::new(), some));
            }
        }
        let rows = rows.into_iter().map(|(field, operator, operands, who)| {
            let field = field
                .strip_prefix('@')
                .map_or_else(|| field.to_owned(), |name| format!("customFieldValues.{name}"));
            (field, operator, operands, who)
        });
        rows.collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_with_each_operator_finds_just_what_fits_in_all_three_ways() {
    let known = known().await;
    let [rest, grpc] = known.server.both();
    let (rest, grpc) = (rest.deals(EVERYTHING, "Deals"), grpc.deals(EVERYTHING, "Deals"));
    let (mut tried, mut wrong) = (BTreeSet::new(), Vec::new());
    for (field, operator, operands, expected) in known.table() {
        let query = Query::of(Condition::new(&field, operator, &operands));
        for (way, page) in [
            ("list", rest.list(&query).await),
            ("search", rest.search(&query).await),
            ("gRPC", grpc.list(&query).await),
        ] {
            let told = page.map(|page| {
                let mut told: Vec<_> = page
                    .records
                    .iter()
                    .map(|record| known.letters[id(record)])
                    .collect();
                told.sort_unstable();
                told.into_iter().collect::<String>()
            });
            if told.as_deref() != Ok(expected) {
                wrong.push(format!(
                    "{way} {field} {operator} {operands:?}: {told:?} instead of {expected}"
                ));
            }
        }
        tried.insert((field, operator));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let all: BTreeSet<_> = FIELDS
        .iter()
        .flat_map(|(field, operators)| operators.iter().map(move |one| ((*field).to_owned(), *one)))
        .collect();
    assert_eq!(tried, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_that_a_field_does_not_have_and_a_field_of_others_are_refused() {
    let server = TestServer::unlimited().await;
    server.define_fields("Deals").await;
    for api in server.both() {
        let mut queries = Vec::new();
        for (field, operators) in FIELDS {
            for operator in ALL.iter().filter(|operator| !operators.contains(operator)) {
                queries.push((field, *operator));
            }
        }
        for field in [
            "fullName",
            "groups",
            "emails",
            "objectType",
            "customFieldValues.Renamed",
            "customFieldValues",
        ] {
            queries.push((field, "eq"));
        }
        for (field, operator) in queries {
            let operands = match field {
                "people" => vec![Operand::id(BOB)],
                "companies" => vec![Operand::id(TECH_CORP)],
                "createdBy" => vec![Operand::id(JANE)],
                _ => vec![Operand::text("1")],
            };
            let query = Query::of(Condition::new(field, operator, &operands));
            let refused = api.deals(EVERYTHING, "Deals").list(&query).await.unwrap_err();
            assert_eq!(
                refused.code,
                "UNPROCESSABLE_ENTITY",
                "{} {field} {operator}",
                api.name()
            );
            assert_eq!(
                refused.issues.len(),
                1,
                "{} {field} {operator} {refused:?}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_custom_fields_may_hold_what_the_syntax_uses() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    let path = format!("/v1/groups/{EVERYTHING}/custom-fields/Projects");
    for name in [
        "Net worth (k$)",
        "a.b[c]",
        "[eq]",
        "x][in][id",
        "é&=+ %20#",
        ".",
        &format!("{EVERYTHING}.x"),
    ] {
        let body = json!({"name": name, "type": "textField"}).to_string();
        let answer = server.rest().send("POST", &path, body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let (rest, grpc) = (
            rest.deals(EVERYTHING, "Projects"),
            grpc.deals(EVERYTHING, "Projects"),
        );
        let body = json!({"name": name, "customFieldValues": {name: "here"}});
        grpc.create(&body).await.unwrap();
        let field = format!("customFieldValues.{name}");
        let query = Query::of(Condition::new(&field, "eq", &[Operand::text("here")]));
        for page in [
            rest.list(&query).await,
            rest.search(&query).await,
            grpc.list(&query).await,
        ] {
            let page = page.unwrap_or_else(|refused| panic!("{name} {refused:?}"));
            let found: Vec<_> = page.records.iter().map(|deal| &deal["name"]).collect();
            assert_eq!(found, [name]);
        }
    }
}
