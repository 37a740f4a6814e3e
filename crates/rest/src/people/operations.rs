//! The operations of people.

use super::{create, delete, get, list, update};
use crate::operations::Operations;

pub(crate) fn operations() -> Operations {
    Operations::default()
        .get("/v1/people", list::list)
        .post("/v1/people", create::create)
        .post("/v1/people/search", list::search)
        .get("/v1/people/{personId}", get::get)
        .patch("/v1/people/{personId}", update::update)
        .delete("/v1/people/{personId}", delete::delete)
}
