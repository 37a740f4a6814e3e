//! Fields and options addressed by names they had before.

use serde_json::{Value, json};
use tests::fixture::EVERYTHING;
use tests::{Refused, TestServer};

fn person(values: &Value) -> Value {
    json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: values}})
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_accepted_and_the_answer_says_so() {
    let server = TestServer::start().await;
    for api in server.both() {
        let body = person(&json!({"Formerly": "text", "Select": "Alpha", "Multiple": ["C", "Alpha"]}));
        let (created, deprecations) = api.create_and_hear(&body).await.unwrap();
        let values = &created["customFieldValues"][EVERYTHING];
        assert_eq!(values["Renamed"], "text", "{}", api.name());
        assert!(values.get("Formerly").is_none(), "{}", api.name());
        assert_eq!(values["Select"], "A", "{}", api.name());
        assert_eq!(values["Multiple"], json!(["C", "A"]), "{}", api.name());

        let about = |former: &str, now: &str, field: &str| {
            deprecations
                .iter()
                .filter(|text| {
                    [former, now, field]
                        .iter()
                        .all(|name| text.contains(&format!("\"{name}\"")))
                })
                .count()
        };
        assert_eq!(
            about("Formerly", "Renamed", "Renamed"),
            1,
            "{} {deprecations:?}",
            api.name()
        );
        assert_eq!(
            about("Alpha", "A", "Select"),
            1,
            "{} {deprecations:?}",
            api.name()
        );
        assert_eq!(
            about("Alpha", "A", "Multiple"),
            1,
            "{} {deprecations:?}",
            api.name()
        );
        assert_eq!(deprecations.len(), 3, "{} {deprecations:?}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn present_names_are_nothing_to_speak_of() {
    let server = TestServer::start().await;
    let body = person(&json!({"Renamed": "text", "Select": "A"}));
    for api in server.both() {
        let (_, deprecations) = api.create_and_hear(&body).await.unwrap();
        assert!(deprecations.is_empty(), "{} {deprecations:?}", api.name());
    }
    let answer = server.rest().send("POST", "/v1/people", body.to_string()).await;
    assert!(answer.json().get("deprecations").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_and_the_present_name_are_one_field_and_one_option() {
    let server = TestServer::start().await;
    for api in server.both() {
        let (created, _) = api
            .create_and_hear(&person(&json!({"Multiple": ["Alpha", "A"]})))
            .await
            .unwrap();
        assert_eq!(
            created["customFieldValues"][EVERYTHING]["Multiple"],
            json!(["A"]),
            "{}",
            api.name()
        );

        let twice = person(&json!({"Formerly": "a", "Renamed": "b"}));
        let expected =
            Refused::for_issues(&[(json!(["customFieldValues", EVERYTHING, "Renamed"]), "custom")]);
        assert_eq!(api.create(&twice).await.unwrap_err(), expected, "{}", api.name());
    }
}
