//! The core: the gRPC services of `people.v1`, and what every call to them passes: request id, deadline, key, rate
//! limit, bounded concurrency. The facade and gRPC callers meet the same edge.

pub mod admin;
mod attempts;
mod cache_figures;
mod call;
mod changes;
mod changing;
pub mod clock;
mod companies;
mod convert;
mod core;
mod creating;
mod custom_fields;
mod custom_values;
mod deals;
mod definitions;
mod deleting;
mod deprecations;
mod edge;
mod filter;
#[cfg(fuzzing)]
pub mod fuzzing;
mod gathering;
mod groups;
mod health;
pub mod housekeeping;
mod interactions;
mod listing;
mod pages;
mod people;
mod record_id;
mod references;
mod reflection;
mod remembered;
mod required;
mod routes;
pub mod secret;
mod settings;
mod status;
mod update_mask;
mod users;

pub use cache_figures::{CACHE_MISSES, CACHE_REQUESTS};
pub use core::Core;
pub use edge::{CALL_DURATION, Edge, REFUSED};
pub use gathering::{GATHERED, WAITING};
pub use health::Health;
pub use routes::{in_process, routes};
pub use settings::Settings;
