//! The routes of people.

use proto::v1::Person;

use super::batch;
use crate::operations::Operations;
use crate::records::{self, Paths};

pub(crate) fn routes() -> Operations {
    let paths = Paths {
        all: "/v1/people",
        search: "/v1/people/search",
        one: "/v1/people/{personId}",
    };
    records::routes::<Person>(paths).post("/v1/people/batch", batch::create)
}
