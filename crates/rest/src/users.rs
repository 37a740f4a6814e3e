//! `/v1/users`.

mod administer;
mod get;
mod json;
mod list;
mod routes;

use crate::error::Places;

pub(crate) use json::UserJson;
pub(crate) use routes::routes;

/// What the core calls the id of the user in the path.
const USER_ID: Places = Places(&[("id", &["userId"])]);
