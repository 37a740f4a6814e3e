//! The users of a workspace.

mod get;
mod list;
mod service;

pub(crate) use service::Service;
