//! The users of a workspace.

mod service;

pub(crate) use service::Service;
