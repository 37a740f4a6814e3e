//! The groups of a workspace.

pub(crate) mod convert;
mod list;
mod list_custom_fields;
mod service;
