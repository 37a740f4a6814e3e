//! The facade: the documented JSON API over HTTP, as calls of the core. It knows the generated traits and nothing
//! of domain or persistence: what it adds is the shape of bodies, the paths of violations and the form of errors.

mod answer;
mod api_keys;
mod body;
mod call;
mod companies;
mod core;
mod date;
mod deals;
mod docs;
mod edge;
mod error;
mod etag;
mod filter;
mod groups;
mod idempotency_key;
mod interactions;
mod json;
mod operations;
mod pages;
mod path;
mod people;
mod query;
mod record_json;
mod records;
mod routes;
mod settings;
mod time;
mod users;
mod version;

pub use crate::core::{Core, Services};
pub use edge::{REFUSED, REQUEST_DURATION};
pub use routes::{operations, router};
pub use settings::Settings;
