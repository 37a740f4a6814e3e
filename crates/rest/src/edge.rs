//! What every request passes before its route, and what answers when it has none.

mod entrance;
mod gate;
mod in_flight;
mod measure;
mod request_id;
mod unread;
mod unrouted;

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::{Core, Settings};

pub(crate) use entrance::entrance;
pub(crate) use in_flight::InFlight;
pub use in_flight::REFUSED;
pub use measure::REQUEST_DURATION;
pub(crate) use measure::measure;
pub(crate) use request_id::{HEADER as REQUEST_ID, RequestId};
pub(crate) use unrouted::{method_not_allowed, not_found};

/// What all requests share. Every one of them holds it several times, so it is one counter.
pub(crate) type App = Arc<Shared>;

/// What is in an [`App`].
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) core: Core,
    pub(crate) settings: Settings,
    pub(crate) in_flight: InFlight,
    pub(crate) batches: Semaphore,
}

/// What an answer needs to know of its request, an error's in particular.
#[derive(Debug, Clone)]
pub(crate) struct RequestContext {
    pub(crate) id: RequestId,
    pub(crate) app: App,
}

impl RequestContext {
    pub(crate) fn settings(&self) -> &Settings {
        &self.app.settings
    }
}
