//! The core over a database.

use grpc::{Core, Edge, Health};
use persistence::Database;
use tonic::service::Routes;

use crate::commands::Failure;
use crate::config::Config;

/// The core's services, for who comes over a connection and for who is in this process, and their health.
pub(crate) struct OpenCore {
    pub(crate) routes: Routes,
    pub(crate) in_process: rest::Core,
    pub(crate) health: Health,
}

impl OpenCore {
    pub(crate) async fn new(config: &Config, database: Database) -> Result<Self, Failure> {
        let settings = grpc::Settings {
            rate_limit: config.requests.rate_limit,
            request_timeout: config.requests.timeout,
            reflection: config.listen.reflection,
            max_in_flight: config.requests.max_in_flight.get(),
            max_batches: config.max_batches(),
        };
        let health = Health::watch(database.clone()).await;
        let edge = Edge::new(Core::new(database, settings))?;
        Ok(Self {
            in_process: rest::Core::new(grpc::in_process(&edge)),
            routes: grpc::routes(edge, &health)?,
            health,
        })
    }
}
