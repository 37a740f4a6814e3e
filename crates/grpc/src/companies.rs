//! The companies of a workspace.

pub(crate) mod convert;
mod create;
mod delete;
mod get;
mod list;
mod service;
mod update;
