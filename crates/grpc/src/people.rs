//! The people of a workspace.

mod convert;
mod create;
mod delete;
mod draft;
mod get;
mod list;
mod service;
mod update;

pub(crate) use service::Service;
