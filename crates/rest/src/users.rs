//! `/v1/users`.

mod get;
mod json;
mod operations;

use crate::error::Places;

pub(crate) use json::UserJson;
pub(crate) use operations::operations;

/// What the core calls the id of the user in the path.
const USER_ID: Places = Places(&[("id", &["userId"])]);
