//! The routes of users.

use super::{administer, get, list};
use crate::operations::Operations;

pub(crate) fn routes() -> Operations {
    Operations::default()
        .get("/v1/users", list::list)
        .post("/v1/users", administer::create)
        // Who `me` is, is the core's to know; that it cannot be deactivated, the route says.
        .get("/v1/users/me", get::get)
        .get("/v1/users/{userId}", get::get)
        .delete("/v1/users/{userId}", administer::delete)
}
