//! `/v1/companies`.

mod calls;
mod json;
mod routes;

pub(crate) use routes::routes;
