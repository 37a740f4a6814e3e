//! The operations of users.

use super::get;
use crate::operations::Operations;

pub(crate) fn operations() -> Operations {
    // `me` in place of an id is the core's to know.
    Operations::default().get("/v1/users/{userId}", get::get)
}
