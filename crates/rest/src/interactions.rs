//! `/v1/interactions`.

mod json;
mod log;
mod routes;

pub(crate) use routes::routes;
