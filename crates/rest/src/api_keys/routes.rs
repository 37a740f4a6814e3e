//! The routes of API keys.

use super::{create, list, revoke};
use crate::operations::Operations;

pub(crate) fn routes() -> Operations {
    Operations::default()
        .get("/v1/api-keys", list::list)
        .post("/v1/api-keys", create::create)
        .delete("/v1/api-keys/{keyId}", revoke::revoke)
}
