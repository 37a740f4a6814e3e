//! Creating and deactivating users.

mod create;
mod deactivate;

pub(super) use create::create;
pub(super) use deactivate::deactivate;
