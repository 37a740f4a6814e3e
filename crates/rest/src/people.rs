//! `/v1/people`.

mod batch;
mod calls;
mod json;
mod routes;

pub(crate) use routes::routes;
