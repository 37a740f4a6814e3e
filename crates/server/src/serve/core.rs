//! The core over a database.

use grpc::{Core, Health};
use persistence::Database;
use proto::handover::InProcess;
use rest::CoreChannel;
use tonic::service::Routes;
use tower::ServiceExt;

use crate::commands::Failure;
use crate::config::Config;

/// The core's services and their health.
pub(crate) struct OpenCore {
    pub(crate) routes: Routes,
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
        let routes = grpc::routes(Core::new(database, settings), &health)?;
        Ok(Self { routes, health })
    }
}

/// The way to a core in the same process: no socket, the same layers.
pub(crate) fn in_memory(routes: Routes) -> CoreChannel {
    let service = routes.map_request(|mut request: http::Request<tonic::body::Body>| {
        request.extensions_mut().insert(InProcess);
        request
    });
    CoreChannel::new(service.map_err(|never| match never {}))
}
