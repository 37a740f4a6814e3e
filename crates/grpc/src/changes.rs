//! The change log of a workspace.

mod convert;
mod list;
pub(crate) mod position;
mod service;
