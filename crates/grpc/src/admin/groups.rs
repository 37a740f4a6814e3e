//! Creating, renaming and deleting groups.

mod create;
mod delete;
mod update;

pub(super) use create::create;
pub(super) use delete::delete;
pub(super) use update::update;
