//! The core: the gRPC services of `people.v1`, and what every call to them passes: request id, deadline, key, rate
//! limit, bounded concurrency. The facade and gRPC callers meet the same layers.

mod call;
mod clock;
mod core;
mod definitions;
mod edge;
mod health;
mod people;
mod reflection;
mod routes;
mod settings;
mod status;
mod users;

pub use core::Core;
pub use health::Health;
pub use routes::routes;
pub use settings::Settings;
