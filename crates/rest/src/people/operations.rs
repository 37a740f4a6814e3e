//! The operations of people.

use super::{create, delete, get, update};
use crate::operations::Operations;

pub(crate) fn operations() -> Operations {
    Operations::default()
        .post("/v1/people", create::create)
        .get("/v1/people/{personId}", get::get)
        .patch("/v1/people/{personId}", update::update)
        .delete("/v1/people/{personId}", delete::delete)
}
