//! Every field of a company with every operator that it has, asked in each of the three ways.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;
use tests::fixture::{BOB, DEAL, EVERYTHING, FRIENDS, HR_SERVICES, JANE, JOHN, TECH_CORP, WRITE_KEY};
use tests::{Condition, Operand, Query, Refused, TestServer};

const TEXT: &[&str] = &["eq", "not_eq", "like", "not_like", "empty", "not_empty"];
const ORDER: &[&str] = &["eq", "not_eq", "gt", "lt", "empty", "not_empty"];
const CHOICE: &[&str] = &["eq", "not_eq", "in", "not_in", "empty", "not_empty"];
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

fn custom(name: &str) -> String {
    format!("customFieldValues.{EVERYTHING}.{name}")
}

/// The contract's sentence.
fn fields() -> Vec<(String, &'static [&'static str])> {
    let mut fields: Vec<_> = [
        ("name", TEXT),
        ("description", TEXT),
        ("industry", TEXT),
        ("emails", TEXT),
        ("phones", TEXT),
        ("addresses", TEXT),
        ("urls", TEXT),
        ("fundingRaised", ORDER),
        ("lastFundingDate", ORDER),
        ("createdAt", ORDER),
        ("foundationYear", CHOICE),
        ("employeeRange", CHOICE),
        ("groups", LINKS),
        ("createdBy", &["in", "not_in"]),
    ]
    .map(|(name, operators)| (name.to_owned(), operators))
    .into();
    fields.extend(
        [
            ("Text", TEXT),
            ("Magic", TEXT),
            ("Number", ORDER),
            ("Date", ORDER),
            ("Select", SELECT),
            ("Multiple", SELECT),
            ("Contacts", LINKS),
            ("Users", LINKS),
            ("Deals", LINKS),
        ]
        .map(|(name, operators)| (custom(name), operators)),
    );
    fields
}

/// A service with three companies beside those of the demo, Tech Corp and HR services, who have a name alone.
async fn known() -> (TestServer, HashMap<String, char>) {
    let server = TestServer::unlimited().await;
    server.define_fields("company").await;
    let [johns, _] = server.both();
    let [_, janes] = server.both_as(WRITE_KEY);
    let engines = json!({
        "name": "Analytical Engines", "description": "100%_a\\b", "fundingRaised": "1700000.50",
        "lastFundingDate": "1842-11-04", "industry": "Machinery", "foundationYear": 1822, "employeeRange": "11-50",
        "groups": [{"id": EVERYTHING}, {"id": FRIENDS}], "addresses": ["Élysée 1"],
        "emails": ["Ada@Example.com", "second@example.com"], "phones": ["+1", "+2"], "urls": ["https://a.example"],
        "customFieldValues": {EVERYTHING: {"Text": "Long text", "Magic": "m", "Number": "42.50", "Date": "2021-01-01",
            "Select": "A", "Multiple": ["A", "B"], "Contacts": [{"id": BOB}, {"id": HR_SERVICES}],
            "Users": [{"id": JOHN}, {"id": JANE}], "Deals": [{"id": DEAL}]}},
    });
    let bakery = json!({
        "name": "bakery", "description": "100", "fundingRaised": -3, "lastFundingDate": "2020-01-01",
        "industry": "machinery", "foundationYear": 2020, "employeeRange": "1-10", "groups": [{"id": EVERYTHING}],
        "addresses": ["élysée 2"], "emails": ["bea@example.com"], "phones": ["+2"], "urls": ["https://a.example"],
        "customFieldValues": {EVERYTHING: {"Text": "text", "Magic": "M", "Number": -7, "Date": "2021-01-02",
            "Select": "B", "Multiple": ["B"], "Contacts": [{"id": BOB}], "Users": [{"id": JANE}]}},
    });
    let cellar = json!({"name": "Cellar", "groups": [{"id": EVERYTHING}]});
    let mut letters = HashMap::from([(TECH_CORP.to_owned(), 't'), (HR_SERVICES.to_owned(), 'h')]);
    for (letter, body, api) in [
        ('a', engines, &johns),
        ('b', bakery, &janes),
        ('c', cellar, &janes),
    ] {
        let made = api.companies().create(&body).await.unwrap();
        letters.insert(made["id"].as_str().unwrap().to_owned(), letter);
    }
    let at = "UPDATE companies SET created_at = CASE name WHEN 'bakery' THEN '2025-01-01T12:00:00.123Z' \
        WHEN 'Cellar' THEN '2025-01-02T00:00:00.000Z' ELSE '2024-12-31T23:59:59.999Z' END::timestamptz";
    server.database.connect().await.batch_execute(at).await.unwrap();
    (server, letters)
}

/// Field, operator, operands by kind, and who fits: Analytical, bakery, Cellar, Hr, Tech.
fn table() -> Vec<(String, &'static str, Vec<Operand>, &'static str)> {
    let texts = |texts: &[&str]| texts.iter().map(|text| Operand::text(text)).collect::<Vec<_>>();
    let ids = |ids: &[&str]| ids.iter().map(|id| Operand::id(id)).collect::<Vec<_>>();
    let mut rows = Vec::new();
    for (field, operator, values, who) in [
        ("name", "eq", "bakery", "b"),
        ("name", "not_eq", "bakery", "acht"),
        ("name", "like", "ENGINE", "a"),
        ("name", "like", "BAKERY", "b"),
        ("name", "not_like", "c", "b"),
        ("description", "eq", "100%_a\\b", "a"),
        ("description", "not_eq", "100", "acht"),
        ("description", "like", "0%", "a"),
        ("description", "like", "_A\\B", "a"),
        ("description", "not_like", "0", "cht"),
        ("industry", "eq", "machinery", "b"),
        ("industry", "not_eq", "machinery", "acht"),
        ("industry", "like", "MACH", "ab"),
        ("industry", "not_like", "mach", "cht"),
        ("emails", "eq", "ADA@example.COM", "a"),
        ("emails", "not_eq", "ada@example.com", "bcht"),
        ("emails", "like", "@EXAMPLE", "ab"),
        ("emails", "not_like", "second", "bcht"),
        ("phones", "eq", "+2", "ab"),
        ("phones", "not_eq", "+1", "bcht"),
        ("phones", "like", "+", "ab"),
        ("phones", "not_like", "1", "bcht"),
        ("addresses", "eq", "élysée 2", "b"),
        ("addresses", "not_eq", "élysée 2", "acht"),
        ("addresses", "like", "ÉLYSÉE", "ab"),
        ("addresses", "not_like", "1", "bcht"),
        ("urls", "eq", "https://a.example", "ab"),
        ("urls", "not_eq", "https://a.example", "cht"),
        ("urls", "like", "HTTPS", "ab"),
        ("urls", "not_like", "http", "cht"),
        ("fundingRaised", "eq", "01700000.5", "a"),
        ("fundingRaised", "not_eq", "-3", "acht"),
        ("fundingRaised", "gt", "-3", "a"),
        ("fundingRaised", "lt", "1700000.5", "b"),
        ("lastFundingDate", "eq", "2020-01-01", "b"),
        ("lastFundingDate", "not_eq", "2020-01-01", "acht"),
        ("lastFundingDate", "gt", "1842-11-04", "b"),
        ("lastFundingDate", "lt", "2020-01-01", "a"),
        ("createdAt", "eq", "2025-01-01", "b"),
        ("createdAt", "not_eq", "2025-01-01", "acht"),
        ("createdAt", "gt", "2025-01-01T12:00:00.123Z", "c"),
        ("createdAt", "lt", "2025-01-01", "aht"),
        ("foundationYear", "eq", "1822", "a"),
        ("foundationYear", "not_eq", "1822", "bcht"),
        ("foundationYear", "in", "1822 2020", "ab"),
        ("foundationYear", "not_in", "1822 1900", "bcht"),
        ("employeeRange", "eq", "11-50", "a"),
        ("employeeRange", "not_eq", "11-50", "bcht"),
        ("employeeRange", "in", "1-10 10000+", "b"),
        ("employeeRange", "not_in", "1-10 11-50", "cht"),
        ("@Text", "eq", "text", "b"),
        ("@Text", "not_eq", "text", "acht"),
        ("@Text", "like", "TEXT", "ab"),
        ("@Text", "not_like", "long", "bcht"),
        ("@Magic", "eq", "M", "b"),
        ("@Magic", "not_eq", "M", "acht"),
        ("@Magic", "like", "m", "ab"),
        ("@Magic", "not_like", "M", "cht"),
        ("@Number", "eq", "042.500", "a"),
        ("@Number", "not_eq", "42.5", "bcht"),
        ("@Number", "gt", "-7", "a"),
        ("@Number", "lt", "42.5", "b"),
        ("@Date", "eq", "2021-01-01", "a"),
        ("@Date", "not_eq", "2021-01-01", "bcht"),
        ("@Date", "gt", "2021-01-01", "b"),
        ("@Date", "lt", "2021-01-02", "a"),
        ("@Select", "eq", "A", "a"),
        ("@Select", "not_eq", "A", "bcht"),
        ("@Select", "in", "A C", "a"),
        ("@Select", "not_in", "A C", "bcht"),
        ("@Select", "all", "B", "b"),
        ("@Multiple", "eq", "B", "ab"),
        ("@Multiple", "not_eq", "A", "bcht"),
        ("@Multiple", "in", "A C", "a"),
        ("@Multiple", "not_in", "A", "bcht"),
        ("@Multiple", "all", "A B", "a"),
    ] {
        let field = field.strip_prefix('@').map_or_else(|| field.to_owned(), custom);
        let several = ["in", "not_in", "all"].contains(&operator);
        let operands: Vec<_> = if several {
            values.split(' ').collect()
        } else {
            vec![values]
        };
        rows.push((field, operator, texts(&operands), who));
    }
    for (field, operator, operands, who) in [
        ("groups", "in", ids(&[FRIENDS]), "a"),
        ("groups", "not_in", ids(&[FRIENDS]), "bcht"),
        ("groups", "all", ids(&[EVERYTHING, FRIENDS]), "a"),
        ("createdBy", "in", vec![Operand::email("JANE@example.com")], "bc"),
        ("createdBy", "not_in", ids(&[JANE]), "aht"),
        ("@Contacts", "in", ids(&[HR_SERVICES, TECH_CORP]), "a"),
        ("@Contacts", "not_in", ids(&[HR_SERVICES]), "bcht"),
        ("@Contacts", "all", ids(&[BOB, HR_SERVICES]), "a"),
        ("@Users", "in", ids(&[JANE]), "ab"),
        (
            "@Users",
            "not_in",
            vec![Operand::email("john.doe@example.com")],
            "bcht",
        ),
        (
            "@Users",
            "all",
            vec![Operand::id(JOHN), Operand::email("jane@example.com")],
            "a",
        ),
        ("@Deals", "in", ids(&[DEAL]), "a"),
        ("@Deals", "not_in", ids(&[DEAL]), "bcht"),
        ("@Deals", "all", ids(&[DEAL]), "a"),
    ] {
        let field = field.strip_prefix('@').map_or_else(|| field.to_owned(), custom);
        rows.push((field, operator, operands, who));
    }
    // Who has a value at all.
    for (field, operators) in fields() {
        let (some, none) = match field.as_str() {
            // Those of the demo are in its group Clients.
            "name" | "createdAt" | "groups" => ("abcht", ""),
            field if field.ends_with(".Deals") => ("a", "bcht"),
            _ => ("ab", "cht"),
        };
        if operators.contains(&"empty") {
            rows.push((field.clone(), "empty", Vec::new(), none));
            rows.push((field, "not_empty", Vec::new(), some));
        }
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_with_each_operator_finds_just_what_fits_in_all_three_ways() {
    let (server, letters) = known().await;
    let [rest, grpc] = server.both();
    let (rest, grpc) = (rest.companies(), grpc.companies());
    let (mut tried, mut wrong) = (BTreeSet::new(), Vec::new());
    for (field, operator, operands, expected) in table() {
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
                    .map(|record| letters[record["id"].as_str().unwrap()])
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
    let all = fields().into_iter();
    let all: BTreeSet<_> = all
        .flat_map(|(field, operators)| operators.iter().map(move |one| (field.clone(), *one)))
        .collect();
    assert_eq!(tried, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_that_a_field_does_not_have_and_a_field_of_people_are_refused() {
    let server = TestServer::unlimited().await;
    server.define_fields("company").await;
    for api in server.both() {
        let mut queries = Vec::new();
        for (field, operators) in fields() {
            for operator in ALL.iter().filter(|operator| !operators.contains(operator)) {
                queries.push((field.clone(), *operator));
            }
        }
        for field in [
            "fullName",
            "birthday",
            "companies",
            "people",
            "id",
            "updatedAt",
            "Name",
        ] {
            queries.push((field.to_owned(), "eq"));
        }
        queries.push((custom("Renamed"), "eq"));
        for (field, operator) in queries {
            let operands = match field.as_str() {
                "groups" | "createdBy" => vec![Operand::id(EVERYTHING)],
                "empty" => Vec::new(),
                _ => vec![Operand::text("1")],
            };
            let query = Query::of(Condition::new(&field, operator, &operands));
            let refused = api.companies().list(&query).await.unwrap_err();
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
        for (field, value, code) in [
            ("fundingRaised", "five", "invalid_string"),
            ("foundationYear", "x", ""),
            ("employeeRange", "few", ""),
            ("lastFundingDate", "2023-02-29", "invalid_date"),
        ] {
            let query = Query::of(Condition::new(field, "eq", &[Operand::text(value)]));
            let refused: Refused = api.companies().list(&query).await.unwrap_err();
            assert_eq!(refused.issues.len(), 1, "{} {field} {refused:?}", api.name());
            assert!(
                code.is_empty() || refused.issues[0].1 == code,
                "{} {field} {refused:?}",
                api.name()
            );
        }
    }
}
