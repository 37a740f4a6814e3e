//! All services, each behind the edge: a table of contents.

use axum::middleware::from_fn_with_state;
use proto::InProcess;
use proto::v1::admin_service_server::AdminServiceServer;
use proto::v1::changes_service_server::ChangesServiceServer;
use proto::v1::companies_service_server::CompaniesServiceServer;
use proto::v1::deals_service_server::DealsServiceServer;
use proto::v1::groups_service_server::GroupsServiceServer;
use proto::v1::interactions_service_server::InteractionsServiceServer;
use proto::v1::people_service_server::PeopleServiceServer;
use proto::v1::users_service_server::UsersServiceServer;
use tonic::service::Routes;

use crate::edge::{Edge, enter};
use crate::{Core, Health, reflection};

/// The largest request message, in bytes.
pub(crate) const REQUEST_LIMIT: usize = 16 * 1024 * 1024;
/// The largest answer message, in bytes. A page of full records is larger than tonic's 4 MiB.
pub(crate) const ANSWER_LIMIT: usize = 32 * 1024 * 1024;

/// The services of the core, for who is in this process. The edge is part of them.
#[must_use]
pub fn in_process(edge: &Edge) -> InProcess<Edge, Core> {
    InProcess::new(edge.clone(), edge.core().clone())
}

/// The same over HTTP, with health and, if it is on, reflection.
///
/// # Errors
/// The descriptors of the API cannot be read: a mistake in the build.
pub fn routes(edge: Edge, health: &Health) -> Result<Routes, Box<dyn std::error::Error + Send + Sync>> {
    let mut open = Routes::new(health.service());
    if edge.core().settings.reflection {
        open = open
            .add_service(reflection::present()?)
            .add_service(reflection::former()?);
    }
    // Two routers with a fallback each do not merge.
    let api = services(edge.core())
        .into_axum_router()
        .reset_fallback()
        .layer(from_fn_with_state(edge, enter));
    Ok(Routes::from(open.into_axum_router().merge(api)).prepare())
}

fn services(core: &Core) -> Routes {
    /// The core as this service, within the limits of messages; generated servers have no type in common.
    macro_rules! service {
        ($server:ident) => {
            $server::new(core.clone())
                .max_decoding_message_size(REQUEST_LIMIT)
                .max_encoding_message_size(ANSWER_LIMIT)
        };
    }
    Routes::new(service!(PeopleServiceServer))
        .add_service(service!(CompaniesServiceServer))
        .add_service(service!(DealsServiceServer))
        .add_service(service!(UsersServiceServer))
        .add_service(service!(InteractionsServiceServer))
        .add_service(service!(ChangesServiceServer))
        .add_service(service!(GroupsServiceServer))
        .add_service(service!(AdminServiceServer))
}
