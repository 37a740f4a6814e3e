//! All services, each behind the edge: a table of contents.

use axum::middleware::from_fn_with_state;
use proto::v1::admin_service_server::AdminServiceServer;
use proto::v1::changes_service_server::ChangesServiceServer;
use proto::v1::companies_service_server::CompaniesServiceServer;
use proto::v1::deals_service_server::DealsServiceServer;
use proto::v1::groups_service_server::GroupsServiceServer;
use proto::v1::interactions_service_server::InteractionsServiceServer;
use proto::v1::people_service_server::PeopleServiceServer;
use proto::v1::users_service_server::UsersServiceServer;
use tonic::service::Routes;

use crate::edge::{Methods, entrance};
use crate::{
    Core, Health, admin, changes, companies, deals, groups, interactions, people, reflection, users,
};

/// The largest request message, in bytes.
pub(crate) const REQUEST_LIMIT: usize = 16 * 1024 * 1024;
/// The largest answer message, in bytes. A page of full records is larger than tonic's 4 MiB.
pub(crate) const ANSWER_LIMIT: usize = 32 * 1024 * 1024;

/// The services of the core with health and, if it is on, reflection; to be served, or to be called in memory.
/// The edge is part of it, so it holds either way.
///
/// # Errors
/// The descriptors of the API cannot be read: a mistake in the build.
pub fn routes(core: Core, health: &Health) -> Result<Routes, Box<dyn std::error::Error + Send + Sync>> {
    let mut open = Routes::new(health.service());
    if core.settings.reflection {
        open = open
            .add_service(reflection::present()?)
            .add_service(reflection::former()?);
    }
    // Two routers with a fallback each do not merge.
    let methods = Methods::read()?;
    let api = services(&core)
        .into_axum_router()
        .reset_fallback()
        .layer(from_fn_with_state((core, methods), entrance::enter));
    Ok(Routes::from(open.into_axum_router().merge(api)).prepare())
}

/// A service within the limits of messages; generated servers have no type in common.
macro_rules! sized {
    ($server:expr) => {
        $server
            .max_decoding_message_size(REQUEST_LIMIT)
            .max_encoding_message_size(ANSWER_LIMIT)
    };
}

fn services(core: &Core) -> Routes {
    Routes::new(sized!(PeopleServiceServer::new(people::Service::new(
        core.clone()
    ))))
    .add_service(sized!(CompaniesServiceServer::new(companies::Service::new(
        core.clone()
    ))))
    .add_service(sized!(DealsServiceServer::new(deals::Service::new(core.clone()))))
    .add_service(sized!(UsersServiceServer::new(users::Service::new(core.clone()))))
    .add_service(sized!(InteractionsServiceServer::new(
        interactions::Service::new(core.clone())
    )))
    .add_service(sized!(ChangesServiceServer::new(changes::Service::new(
        core.clone()
    ))))
    .add_service(sized!(GroupsServiceServer::new(groups::Service::new(
        core.clone()
    ))))
    .add_service(sized!(AdminServiceServer::new(admin::Service::new(core.clone()))))
}
