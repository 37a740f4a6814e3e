//! The routes of groups and custom fields.

use super::{administer, custom_fields, list};
use crate::operations::Operations;

pub(crate) fn routes() -> Operations {
    Operations::default()
        .get("/v1/groups", list::list)
        .post("/v1/groups", administer::create)
        .patch("/v1/groups/{groupId}", administer::update)
        .delete("/v1/groups/{groupId}", administer::delete)
        .get(
            "/v1/groups/{groupId}/custom-fields/{entityType}",
            custom_fields::list,
        )
        .post(
            "/v1/groups/{groupId}/custom-fields/{entityType}",
            custom_fields::create,
        )
        .patch(
            "/v1/groups/{groupId}/custom-fields/{entityType}/{field}",
            custom_fields::update,
        )
        .delete(
            "/v1/groups/{groupId}/custom-fields/{entityType}/{field}",
            custom_fields::delete,
        )
}
