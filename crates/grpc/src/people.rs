//! The people of a workspace.

mod batch_create;
mod batch_get;
pub(crate) mod convert;
mod create;
mod creates;
mod delete;
mod draft;
mod get;
mod gets;
mod list;
mod lists;
mod service;
mod update;

pub(crate) use creates::Creates;
pub(crate) use gets::Gets;
pub(crate) use lists::Lists;
