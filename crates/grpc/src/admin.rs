//! Administration: what a workspace defines, and who may enter it. An [`Administrator`] is who may do it, by a key of
//! scope `admin` or with the database in hand; the operations are the same.

mod administrator;
mod api_keys;
mod change;
mod custom_fields;
mod groups;
mod refusal;
mod service;
mod users;
mod workspaces;

pub use administrator::Administrator;
pub use refusal::Refusal;
pub use workspaces::create_workspace;
