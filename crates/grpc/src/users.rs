//! The users of a workspace.

mod get;
mod list;
mod service;
