//! Interactions with the records of a workspace.

mod log;
mod service;
