//! The users of a workspace.

mod get;
mod service;

pub(crate) use service::Service;
