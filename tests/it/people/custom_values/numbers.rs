//! `numericField`: decimals that keep every digit.

use proto::v1::custom_value::Kind;
use proto::v1::{CreatePersonRequest, CustomValue, FieldValue, GroupLink, GroupValues, Person};
use serde_json::json;
use tests::fixture::EVERYTHING;
use tests::{Api, TestServer};

use super::{assert_refused, shown};

/// What the field shows after this number was sent, digit by digit as it is written; nothing if it is refused.
/// (serde's numbers would round it first.)
async fn shown_number(api: &Api, number: &str) -> Option<String> {
    match api {
        Api::Rest(client) => {
            let body = format!(
                r#"{{"groups": [{{"id": "{EVERYTHING}"}}], "customFieldValues": {{"{EVERYTHING}": {{"Number": {number}}}}}}}"#
            );
            let answer = client.send("POST", "/v1/people", body).await.json();
            let value = answer["data"]["customFieldValues"][EVERYTHING]["Number"].as_str();
            assert!(
                value.is_some() || answer["error"]["code"] == "UNPROCESSABLE_ENTITY",
                "{answer}"
            );
            value.map(str::to_owned)
        }
        Api::Grpc(client) => {
            let value = Some(CustomValue {
                kind: Some(Kind::Number(number.to_owned())),
            });
            let values = vec![FieldValue {
                name: "Number".to_owned(),
                value,
            }];
            let group_id = EVERYTHING.to_owned();
            let person = Person {
                groups: vec![GroupLink {
                    id: group_id.clone(),
                    ..GroupLink::default()
                }],
                custom_field_values: vec![GroupValues { group_id, values }],
                ..Person::default()
            };
            let request = CreatePersonRequest {
                person: Some(person),
                ..CreatePersonRequest::default()
            };
            match client.people.clone().create_person(request).await {
                Ok(created) => {
                    let groups = created.into_inner().custom_field_values;
                    let field = groups[0]
                        .values
                        .iter()
                        .find(|field| field.name == "Number")
                        .unwrap();
                    let Some(Kind::Number(number)) = field.value.clone().unwrap().kind else {
                        panic!("{field:?} is no number");
                    };
                    Some(number)
                }
                Err(status) => {
                    assert_eq!(status.code(), tonic::Code::InvalidArgument, "{status:?}");
                    None
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_becomes_a_plain_canonical_decimal() {
    let server = TestServer::start().await;
    let long = format!("0.{}", "0123456789".repeat(40));
    for api in server.both() {
        for (sent, kept) in [
            ("42", "42"),
            ("42.50", "42.5"),
            ("-0.5", "-0.5"),
            ("-0", "0"),
            ("0.000", "0"),
            ("1e21", "1000000000000000000000"),
            ("1.5E+3", "1500"),
            ("12e-1", "1.2"),
            ("100", "100"),
            ("12345678901234567890.123456789", "12345678901234567890.123456789"),
            ("9007199254740993", "9007199254740993"),
            (long.as_str(), long.as_str()),
        ] {
            assert_eq!(
                shown_number(&api, sent).await.as_deref(),
                Some(kept),
                "{} {sent}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_stays_within_the_range_of_a_double() {
    let server = TestServer::start().await;
    let most = format!("17976931348623157{}", "0".repeat(292));
    for api in server.both() {
        assert_eq!(
            shown_number(&api, "1.7976931348623157e308").await,
            Some(most.clone()),
            "{}",
            api.name()
        );
        for sent in ["1e309", "-1e309", "1e400000000", "1e-400"] {
            assert_eq!(shown_number(&api, sent).await, None, "{} {sent}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_numeric_text_has_the_plain_form() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (sent, kept) in [("042.50", "42.5"), ("-7", "-7"), ("00", "0"), ("1.0", "1")] {
            assert_eq!(
                shown(&api, "Number", &json!(sent)).await,
                kept,
                "{} {sent}",
                api.name()
            );
        }
        for wrong in [
            "1e3", "+1", "1.", ".5", "1,5", " 1", "abc", "NaN", "Infinity", "٣",
        ] {
            assert_refused(&api, "Number", &json!(wrong), &[], "invalid_string").await;
        }
        for wrong in [json!(true), json!(["1"]), json!({"value": 1}), json!([1])] {
            assert_refused(&api, "Number", &wrong, &[], "invalid_type").await;
        }
    }
}
