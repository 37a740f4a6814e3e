//! What all calls share.

use std::ops::Deref;
use std::sync::Arc;

use persistence::Database;
use tokio::sync::Semaphore;

use crate::Settings;
use crate::definitions::Cache;
use crate::edge::{Batches, Keys, Limiter};
use crate::gathering::Gathering;
use crate::people::{Creates, Gets, Lists};

/// The database, the caches before it and the limits on its use. Clones share all of them, and cost next to nothing: every
/// call makes some.
#[derive(Clone)]
pub struct Core(Arc<Shared>);

/// What is in a [`Core`].
pub struct Shared {
    pub(crate) database: Database,
    pub(crate) definitions: Cache,
    pub(crate) keys: Keys,
    pub(crate) limiter: Limiter,
    pub(crate) gets: Gathering<Gets>,
    pub(crate) lists: Gathering<Lists>,
    pub(crate) creates: Gathering<Creates>,
    pub(crate) in_flight: Arc<Semaphore>,
    pub(crate) batches: Batches,
    pub(crate) settings: Settings,
}

impl Core {
    /// A core over this database.
    #[must_use]
    pub fn new(database: Database, settings: Settings) -> Self {
        let max_in_flight = settings.max_in_flight.min(Semaphore::MAX_PERMITS);
        Self(Arc::new(Shared {
            definitions: Cache::new(database.clone()),
            keys: Keys::new(database.clone(), max_in_flight),
            limiter: Limiter::new(settings.rate_limit),
            gets: Gathering::new(Gets {
                database: database.clone(),
            }),
            lists: Gathering::new(Lists::new(database.clone())),
            creates: Gathering::new(Creates {
                database: database.clone(),
            }),
            in_flight: Arc::new(Semaphore::new(max_in_flight)),
            batches: Batches::at_most(settings.max_batches),
            settings,
            database,
        }))
    }
}

impl Deref for Core {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
