//! `/v1/people`.

mod batch;
mod create;
mod delete;
mod get;
mod json;
mod list;
mod routes;
mod update;

use crate::error::Places;

pub(crate) use routes::routes;

/// What the core calls the id of the person in the path.
const PERSON_ID: Places = Places(&[("id", &["personId"]), ("person.id", &["personId"])]);
