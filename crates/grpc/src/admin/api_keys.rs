//! Creating, listing and revoking API keys.

mod convert;
mod create;
mod list;
mod revoke;

pub(super) use create::create;
pub(super) use list::{all, list};
pub(super) use revoke::revoke;
