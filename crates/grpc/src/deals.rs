//! The deals and other objects that the groups of a workspace keep.

pub(crate) mod convert;
mod create;
mod delete;
mod get;
pub(crate) mod home;
mod list;
mod service;
mod update;
