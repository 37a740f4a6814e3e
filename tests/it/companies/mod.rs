//! Companies: made, read, changed, deleted, listed.

mod changing;
mod custom_values;
mod delete;
mod fields;
mod filters;
mod funding;
mod idempotency;
mod lists;
mod log;
mod names;
mod renames;
mod round_trip;

use serde_json::{Value, json};

fn id(record: &Value) -> &str {
    record["id"].as_str().expect("an id")
}

/// A company of this name with nothing else, as it is shown without id and time.
fn bare(name: &str) -> Value {
    json!({
        "name": name, "description": "", "fundingRaised": null, "lastFundingDate": null, "industry": null,
        "foundationYear": null, "employeeRange": null, "groups": [], "addresses": [], "emails": [], "phones": [],
        "urls": [], "customFieldValues": {}, "createdBy": tests::sample::john(),
    })
}
