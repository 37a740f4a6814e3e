//! The core: the gRPC services of `people.v1`, and what every call to them passes: request id, deadline, key, rate
//! limit, bounded concurrency. The facade and gRPC callers meet the same layers.

pub mod admin;
mod attempts;
mod call;
mod changes;
pub mod clock;
mod convert;
mod core;
mod custom_fields;
mod custom_values;
mod definitions;
mod deprecations;
mod edge;
mod filter;
mod groups;
mod health;
mod interactions;
mod pages;
mod people;
mod record_id;
mod reflection;
mod remembered;
mod routes;
pub mod secret;
mod settings;
mod status;
mod users;

pub use core::Core;
pub use health::Health;
pub use routes::routes;
pub use settings::Settings;
