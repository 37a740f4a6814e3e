//! The routes of people.

use super::{batch, create, delete, get, list, update};
use crate::operations::Operations;

pub(crate) fn routes() -> Operations {
    Operations::default()
        .get("/v1/people", list::list)
        .post("/v1/people", create::create)
        .post("/v1/people/search", list::search)
        .post("/v1/people/batch", batch::create)
        .get("/v1/people/{personId}", get::get)
        .patch("/v1/people/{personId}", update::update)
        .delete("/v1/people/{personId}", delete::delete)
}
