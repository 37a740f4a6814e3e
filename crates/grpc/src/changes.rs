//! The change log of a workspace.

mod convert;
mod list;
mod position;
mod service;

pub(crate) use service::Service;
