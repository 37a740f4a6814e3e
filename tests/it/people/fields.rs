//! The plain fields: limits, forms, and what is made of what was sent.

use serde_json::{Value, json};
use tests::{Refused, TestServer};

/// Characters of one, two, three and four bytes: lengths are not those of bytes.
const LETTERS: [&str; 4] = ["a", "é", "漢", "😀"];

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_body_makes_a_person_with_every_key() {
    let server = TestServer::start().await;
    for api in server.both() {
        let created = api.create(&json!({})).await.unwrap();
        for (key, unset) in [
            ("firstName", json!("")),
            ("lastName", json!("")),
            ("fullName", json!("")),
            ("description", json!("")),
            ("birthday", Value::Null),
            ("jobTitle", json!("")),
            ("groups", json!([])),
            ("companies", json!([])),
            ("addresses", json!([])),
            ("emails", json!([])),
            ("phones", json!([])),
            ("urls", json!([])),
            ("customFieldValues", json!({})),
            ("strongestConnection", json!({})),
        ] {
            assert_eq!(created.get(key), Some(&unset), "{} {key}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_taken_at_their_limit_and_refused_one_over() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (field, limit) in [
            ("firstName", 500),
            ("lastName", 500),
            ("fullName", 1000),
            ("description", 5000),
            ("jobTitle", 500),
        ] {
            for letter in LETTERS {
                let longest = letter.repeat(limit);
                let created = api.create(&json!({field: longest})).await.unwrap();
                assert_eq!(created[field], longest, "{} {field}", api.name());
                let refused = api
                    .create(&json!({field: letter.repeat(limit + 1)}))
                    .await
                    .unwrap_err();
                let expected = Refused::for_issues(&[(json!([field]), "too_big")]);
                assert_eq!(refused, expected, "{} {field}", api.name());
            }
            // Limits are on what was sent, before trimming.
            let refused = api
                .create(&json!({field: " ".repeat(limit + 1)}))
                .await
                .unwrap_err();
            assert_eq!(refused, Refused::for_issues(&[(json!([field]), "too_big")]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_taken_at_their_limits_and_refused_one_over() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (field, limit) in [
            ("addresses", 500),
            ("emails", 254),
            ("phones", 30),
            ("urls", 2048),
        ] {
            let longest = |number: usize, length: usize| format!("{number:02}{}", "é".repeat(length - 2));
            let most: Vec<_> = (0..20).map(|number| longest(number, limit)).collect();
            let created = api.create(&json!({field: most})).await.unwrap();
            assert_eq!(created[field], json!(most), "{} {field}", api.name());

            let many: Vec<_> = (0..21).map(|number| number.to_string()).collect();
            let refused = api.create(&json!({field: many})).await.unwrap_err();
            assert_eq!(
                refused,
                Refused::for_issues(&[(json!([field]), "too_big")]),
                "{field}"
            );

            let long = json!({field: ["short", longest(0, limit + 1)]});
            let refused = api.create(&long).await.unwrap_err();
            assert_eq!(
                refused,
                Refused::for_issues(&[(json!([field, 1]), "too_big")]),
                "{field}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_trimmed_and_lists_lose_blanks_and_repeats() {
    let server = TestServer::start().await;
    for api in server.both() {
        let body = json!({
            "firstName": "\u{a0} Jane\t",
            "emails": [" a@example.com", "", "  ", "b@example.com", "a@example.com ", "A@example.com"],
        });
        let created = api.create(&body).await.unwrap();
        assert_eq!(created["firstName"], "Jane");
        assert_eq!(
            created["emails"],
            json!(["a@example.com", "b@example.com", "A@example.com"])
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_birthday_is_a_day_of_the_calendar_or_nothing() {
    let server = TestServer::start().await;
    for api in server.both() {
        for day in ["0001-01-01", "2024-02-29", "9999-12-31"] {
            let created = api.create(&json!({"birthday": day})).await.unwrap();
            assert_eq!(created["birthday"], day, "{}", api.name());
        }
        assert_eq!(
            api.create(&json!({"birthday": null})).await.unwrap()["birthday"],
            Value::Null
        );
        for wrong in [
            "2023-02-29",
            "2023-13-01",
            "2023-00-10",
            "2023-04-31",
            "0000-01-01",
        ] {
            let refused = api.create(&json!({"birthday": wrong})).await.unwrap_err();
            let expected = Refused::for_issues(&[(json!(["birthday"]), "invalid_date")]);
            assert_eq!(refused, expected, "{} {wrong}", api.name());
        }
    }
    let [rest, _] = server.both();
    for wrong in [
        "",
        "2023-1-1",
        "20230101",
        "2023-01-01T00:00:00Z",
        " 2023-01-01",
        "+2023-01-01",
    ] {
        let refused = rest.create(&json!({"birthday": wrong})).await.unwrap_err();
        assert_eq!(
            refused,
            Refused::for_issues(&[(json!(["birthday"]), "invalid_date")]),
            "{wrong}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nul_is_refused_wherever_text_goes() {
    let server = TestServer::start().await;
    for api in server.both() {
        let body = json!({
            "firstName": "a\u{0}", "emails": ["ok", "b\u{0}"], "companies": [{"name": "c\u{0}"}],
            "groups": [{"id": tests::fixture::EVERYTHING}],
            "customFieldValues": {tests::fixture::EVERYTHING: {"Text": "d\u{0}", "Magic": "\u{0}"}},
        });
        let refused = api.create(&body).await.unwrap_err();
        let paths: Vec<_> = refused.issues.iter().map(|(path, _)| path.clone()).collect();
        let group = tests::fixture::EVERYTHING;
        assert_eq!(
            paths,
            [
                json!(["companies", 0, "name"]),
                json!(["customFieldValues", group, "Magic"]),
                json!(["customFieldValues", group, "Text"]),
                json!(["emails", 1]),
                json!(["firstName"]),
            ],
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_problems_are_told_at_once_and_nothing_is_stored() {
    let server = TestServer::start().await;
    let before = server.database.number("SELECT count(*) FROM people").await;
    let ghost = "com_00000000-0000-7000-8000-000000000000";
    for api in server.both() {
        let body = json!({
            "firstName": "x".repeat(501),
            "birthday": "2023-02-30",
            "groups": [{"id": "grp_1"}],
            "companies": [{"id": ghost}, {"name": "Never made"}, {"name": " "}],
            "phones": ["1".repeat(31)],
        });
        let expected = Refused::for_issues(&[
            (json!(["firstName"]), "too_big"),
            (json!(["birthday"]), "invalid_date"),
            (json!(["groups", 0, "id"]), "too_small"),
            (json!(["companies", 0, "id"]), "custom"),
            (json!(["companies", 2, "name"]), "too_small"),
            (json!(["phones", 0]), "too_big"),
        ]);
        assert_eq!(api.create(&body).await.unwrap_err(), expected, "{}", api.name());
    }
    assert_eq!(
        server.database.number("SELECT count(*) FROM people").await,
        before
    );
    let made = "SELECT count(*) FROM companies WHERE name = 'Never made'";
    assert_eq!(server.database.number(made).await, 0);
}
