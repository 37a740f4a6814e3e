//! What clients may take of the program, all together and each.

use std::time::Duration;

use nix::sys::resource::{Resource, getrlimit, setrlimit};

use crate::config::Config;

/// Files and sockets that are not connections of clients.
const OWN_FILES: u64 = 64;
/// REST, gRPC, and the operator's.
const LISTENERS: u64 = 3;

/// What the clients of one listener may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientLimits {
    /// Connections at once.
    pub(super) connections: usize,
    /// How long they may take where the program waits for them.
    pub(super) patience: Duration,
}

impl ClientLimits {
    /// Those of the settings, or what the operating system has room for: when it has no more files, the program's own
    /// connections to the database fail too.
    pub(crate) fn of(config: &Config) -> Self {
        let wanted = config.listen.max_connections.get();
        let own = OWN_FILES + u64::from(config.database.pool_size.get());
        let possible = open_files().map_or(u64::MAX, |files| files.saturating_sub(own) / LISTENERS);
        let connections = wanted.min(usize::try_from(possible).unwrap_or(usize::MAX)).max(1);
        if connections < wanted {
            tracing::debug!(
                connections,
                wanted,
                "fewer connections than PEOPLE_MAX_CONNECTIONS: the limit of open files (ulimit -n) has no room for more"
            );
        }
        Self {
            connections,
            patience: config.listen.client_timeout,
        }
    }
}

/// How many files this process may open, once it has asked for as many as it may ask for. Unknown if it cannot be told.
fn open_files() -> Option<u64> {
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
    if soft < hard && setrlimit(Resource::RLIMIT_NOFILE, hard, hard).is_ok() {
        return Some(hard);
    }
    Some(soft)
}
