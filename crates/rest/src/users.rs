//! `/v1/users`.

mod get;
mod json;
mod routes;

pub(crate) use json::UserJson;
pub(crate) use routes::routes;
