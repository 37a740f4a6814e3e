//! Deals and other objects that groups keep.

mod changing;
mod custom_values;
mod fields;
mod filters;
mod idempotency;
mod lists;
mod log;
mod places;
mod round_trip;

use serde_json::{Value, json};
use tests::Api;
use tests::fixture::EVERYTHING;

fn id(record: &Value) -> &str {
    record["id"].as_str().expect("an id")
}

/// A person of this name in the group.
async fn person(api: &Api, name: &str, group: &str) -> Value {
    api.create(&json!({"fullName": name, "groups": [{"id": group}]}))
        .await
        .unwrap()
}

/// A company of this name in the group.
async fn company(api: &Api, name: &str, group: &str) -> Value {
    api.companies()
        .create(&json!({"name": name, "groups": [{"id": group}]}))
        .await
        .unwrap()
}

/// Two people and two companies of the group Everything.
async fn parties(api: &Api) -> [Value; 4] {
    let door = api.name();
    [
        person(api, &format!("Ada {door}"), EVERYTHING).await,
        person(api, &format!("Bea {door}"), EVERYTHING).await,
        company(api, &format!("Engines {door}"), EVERYTHING).await,
        company(api, &format!("Bakery {door}"), EVERYTHING).await,
    ]
}
