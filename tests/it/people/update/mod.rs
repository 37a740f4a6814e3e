//! Changing people.

mod concurrent;
mod custom_values;
mod entries;
mod fields;
mod lists;
mod mask;
mod refused;

use serde_json::Value;
use tests::Api;

/// Makes a person and answers its id.
async fn made(api: &Api, body: &Value) -> String {
    let person = api.create(body).await.unwrap();
    person["id"].as_str().unwrap().to_owned()
}
