//! `/v1/people`.

mod create;
mod get;
mod json;
mod routes;

pub(crate) use routes::routes;
