//! The people of a workspace.

mod service;

pub(crate) use service::Service;
