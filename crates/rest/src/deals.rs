//! `/v1/groups/{groupId}/{objectType}`: the deals and other objects that groups keep.

mod calls;
mod json;
mod routes;

pub(crate) use routes::routes;
