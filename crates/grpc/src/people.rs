//! The people of a workspace.

mod convert;
mod create;
mod get;
mod service;

pub(crate) use service::Service;
