//! `/v1/groups`, and the custom fields of groups under it.

mod administer;
mod custom_fields;
mod list;
mod routes;

use crate::error::Places;

pub(crate) use routes::routes;

/// What the core calls the id of the group in the path.
const GROUP_ID: Places = Places(&[("id", &["groupId"]), ("group.id", &["groupId"])]);
