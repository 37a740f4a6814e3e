//! The way to the core.

use std::sync::Arc;

use proto::v1::admin_service_server::AdminService;
use proto::v1::companies_service_server::CompaniesService;
use proto::v1::deals_service_server::DealsService;
use proto::v1::groups_service_server::GroupsService;
use proto::v1::interactions_service_server::InteractionsService;
use proto::v1::people_service_server::PeopleService;
use proto::v1::users_service_server::UsersService;

/// The largest message to and from the core. A page of full records is larger than tonic's default of 4 MiB.
const MESSAGE_LIMIT: usize = 32 * 1024 * 1024;

/// All services that the facade calls.
pub trait Services:
    PeopleService
    + CompaniesService
    + DealsService
    + UsersService
    + GroupsService
    + InteractionsService
    + AdminService
{
}

impl<S> Services for S where
    S: PeopleService
        + CompaniesService
        + DealsService
        + UsersService
        + GroupsService
        + InteractionsService
        + AdminService
{
}

/// The services of the core, wherever it runs. Clones are the same.
#[derive(Clone)]
pub struct Core(Arc<dyn Services>);

impl Core {
    /// A core in this process.
    #[must_use]
    pub fn new(services: impl Services) -> Self {
        Self(Arc::new(services))
    }

    /// A core that is reached through this channel.
    #[must_use]
    pub fn remote(channel: proto::Channel) -> Self {
        Self::new(proto::Remote::new(channel, MESSAGE_LIMIT))
    }

    /// The people of the workspace.
    pub(crate) fn people(&self) -> &dyn PeopleService {
        &*self.0
    }

    /// The companies of the workspace.
    pub(crate) fn companies(&self) -> &dyn CompaniesService {
        &*self.0
    }

    /// The deals and other objects that groups keep.
    pub(crate) fn deals(&self) -> &dyn DealsService {
        &*self.0
    }

    /// The users of the workspace.
    pub(crate) fn users(&self) -> &dyn UsersService {
        &*self.0
    }

    /// Groups and their custom fields.
    pub(crate) fn groups(&self) -> &dyn GroupsService {
        &*self.0
    }

    /// Interactions with the records of the workspace.
    pub(crate) fn interactions(&self) -> &dyn InteractionsService {
        &*self.0
    }

    /// What the workspace defines, and who may enter it.
    pub(crate) fn admin(&self) -> &dyn AdminService {
        &*self.0
    }
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").finish_non_exhaustive()
    }
}
