//! The people of a workspace.

mod batch_create;
mod batch_get;
mod convert;
mod create;
mod delete;
mod draft;
mod get;
mod list;
mod service;
mod update;

pub(crate) use service::Service;
