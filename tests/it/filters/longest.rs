//! Every value that may be stored is stored, however much an index would have to hold, and is found again.

use serde_json::json;
use tests::fixture::EVERYTHING;
use tests::{Condition, Operand, Query, TestServer};

use super::custom;

/// So many letters of four bytes each, which are not alike, so that nothing makes them shorter.
fn letters(count: usize) -> String {
    let letter = |number: u32| char::from_u32(0x20000 + number * 7919 % 40000).unwrap();
    (0..).map(letter).take(count).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_values_are_stored_and_found() {
    let server = TestServer::unlimited().await;
    // Upper case makes three letters of each of these.
    let email = "\u{390}".repeat(254);
    let digits = "1234567890".repeat(30);
    let person = json!({
        "fullName": letters(1000), "firstName": letters(500), "lastName": letters(500), "jobTitle": letters(500),
        "description": letters(5000), "emails": [letters(254), email], "phones": [letters(30)],
        "addresses": [letters(500)], "urls": [letters(2048)], "groups": [{"id": EVERYTHING}],
        "customFieldValues": {EVERYTHING: {
            "Text": letters(5000), "Magic": letters(5000), "Number": format!("{digits}.{}", "7".repeat(600)),
        }},
    });
    let company = json!({
        "name": letters(1000), "description": letters(5000), "industry": letters(1000), "emails": [letters(254)],
        "urls": [letters(2048)], "fundingRaised": -1.797_693_134_862_3e307,
    });
    server.both()[0].companies().create(&company).await.unwrap();
    for api in server.both() {
        let id = api.create(&person).await.unwrap()["id"].clone();
        let conditions = [
            ("fullName", "eq", letters(1000)),
            ("description", "eq", letters(5000)),
            ("description", "like", letters(100)),
            ("emails", "eq", email.clone()),
            ("urls", "eq", letters(2048)),
            (custom("Text").as_str(), "eq", letters(5000)),
            (custom("Magic").as_str(), "like", letters(100)),
            (custom("Number").as_str(), "gt", digits.clone()),
        ]
        .map(|(field, operator, text)| Condition::new(field, operator, &[Operand::Text(text)]));
        for condition in conditions {
            let found = api.search(&Query::of(condition)).await.unwrap().people;
            assert!(found.iter().any(|person| person["id"] == id));
        }
    }
}
