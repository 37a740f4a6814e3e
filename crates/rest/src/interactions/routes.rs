//! The routes of interactions.

use super::log;
use crate::operations::Operations;

pub(crate) fn routes() -> Operations {
    Operations::default().post("/v1/interactions", log::log)
}
