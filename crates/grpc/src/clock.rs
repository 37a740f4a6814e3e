//! The one place where the clock is read; below it, the time is an argument.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SubsecRound as _, Utc};

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The present moment, to the millisecond: what is stored is what is shown.
#[must_use]
pub fn now() -> DateTime<Utc> {
    let since = since_epoch();
    DateTime::from_timestamp(since.as_secs().cast_signed(), since.subsec_nanos())
        .unwrap_or_default()
        .trunc_subsecs(3)
}

/// The whole seconds since 1970.
pub(crate) fn epoch_seconds() -> u64 {
    since_epoch().as_secs()
}
