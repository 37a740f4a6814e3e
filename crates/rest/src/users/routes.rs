//! The routes of users.

use super::{administer, get, list};
use crate::operations::Operations;

pub(crate) fn routes() -> Operations {
    // `me` in place of an id is the core's to know.
    Operations::default()
        .get("/v1/users", list::list)
        .post("/v1/users", administer::create)
        .get("/v1/users/{userId}", get::get)
        .delete("/v1/users/{userId}", administer::delete)
}
