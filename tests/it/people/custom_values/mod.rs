//! The values of custom fields, by type, in a group that has a field of each.

mod dates;
mod former_names;
mod links;
mod numbers;
mod selects;
mod shown;
mod texts;
mod unset;

use serde_json::{Value, json};
use tests::fixture::EVERYTHING;
use tests::{Api, Refused};

/// A person in the group Everything with this value in this field.
fn person(field: &str, value: &Value) -> Value {
    json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {field: value}}})
}

/// What the field shows after this was sent, the same whenever one looks.
async fn shown(api: &Api, field: &str, value: &Value) -> Value {
    let created = api.create(&person(field, value)).await;
    let created = created.unwrap_or_else(|refused| panic!("{} {field} {value}: {refused:?}", api.name()));
    let got = api.get(created["id"].as_str().unwrap()).await.unwrap();
    let [created, got] = [created, got].map(|person| person["customFieldValues"][EVERYTHING][field].clone());
    assert_eq!(created, got, "{} {field} {value}", api.name());
    created
}

/// That sending this to the field is refused with this one issue, at this place within the value.
async fn assert_refused(api: &Api, field: &str, value: &Value, place: &[Value], code: &str) {
    let mut path = vec![json!("customFieldValues"), json!(EVERYTHING), json!(field)];
    path.extend_from_slice(place);
    let refused = api.create(&person(field, value)).await;
    let shown = value.to_string();
    assert_eq!(
        refused.err(),
        Some(Refused::for_issues(&[(Value::Array(path), code)])),
        "{} {field} {}",
        api.name(),
        &shown[..shown.len().min(100)]
    );
}
