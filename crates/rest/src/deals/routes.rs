//! The routes of deals. Those of custom fields begin alike and win.

use proto::v1::Deal;

use crate::operations::Operations;
use crate::records::{self, Paths};

pub(crate) fn routes() -> Operations {
    records::routes::<Deal>(Paths {
        all: "/v1/groups/{groupId}/{objectType}",
        search: "/v1/groups/{groupId}/{objectType}/search",
        one: "/v1/groups/{groupId}/{objectType}/{objectId}",
    })
}
