//! What unsets a field.

use serde_json::{Value, json};
use tests::TestServer;

use super::{assert_refused, shown};

const FIELDS: [&str; 9] = [
    "Text", "Magic", "Number", "Date", "Select", "Multiple", "Contacts", "Users", "Deals",
];

#[tokio::test(flavor = "multi_thread")]
async fn null_and_an_empty_list_unset_a_field_of_any_type() {
    let server = TestServer::start().await;
    for api in server.both() {
        for field in FIELDS {
            for nothing in [json!(null), json!([])] {
                assert_eq!(
                    shown(&api, field, &nothing).await,
                    Value::Null,
                    "{} {field}",
                    api.name()
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blank_text_unsets_text_and_magic_and_is_wrong_elsewhere() {
    let server = TestServer::start().await;
    for api in server.both() {
        for blank in [json!(""), json!(" \t\u{a0}\n")] {
            for field in ["Text", "Magic"] {
                assert_eq!(
                    shown(&api, field, &blank).await,
                    Value::Null,
                    "{} {field}",
                    api.name()
                );
            }
            for (field, code) in [
                ("Number", "invalid_string"),
                ("Date", "invalid_date"),
                ("Select", "invalid_enum_value"),
                ("Multiple", "invalid_type"),
                ("Contacts", "invalid_type"),
                ("Users", "invalid_type"),
                ("Deals", "invalid_type"),
            ] {
                assert_refused(&api, field, &blank, &[], code).await;
            }
        }
        for field in ["Text", "Magic"] {
            assert_refused(&api, field, &json!(" ".repeat(5001)), &[], "too_big").await;
        }
    }
}
