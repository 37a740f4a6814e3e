//! Times as callers see them.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat};
use prost_types::Timestamp;

fn iso(seconds: i64, nanos: u32) -> Option<String> {
    Some(DateTime::from_timestamp(seconds, nanos)?.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// `2021-01-01T00:00:00.000Z`; nothing for what is no time.
pub(crate) fn iso_time(time: &Timestamp) -> Option<String> {
    iso(time.seconds, u32::try_from(time.nanos).ok()?)
}

/// The time that is so many seconds after the epoch.
pub(crate) fn iso_from_epoch(seconds: i64) -> Option<String> {
    iso(seconds, 0)
}

/// The present moment.
pub(crate) fn iso_now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    iso(since.as_secs().cast_signed(), since.subsec_nanos()).unwrap_or_default()
}

/// The seconds from now until a time after the epoch, at least one.
pub(crate) fn seconds_until(epoch: i64) -> u64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    u64::try_from(epoch).unwrap_or(0).saturating_sub(now).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_milliseconds_and_end_in_z() {
        let time = Timestamp {
            seconds: 1_609_459_200,
            nanos: 7_999_999,
        };
        assert_eq!(iso_time(&time).as_deref(), Some("2021-01-01T00:00:00.007Z"));
    }

    #[test]
    fn what_is_no_time_is_nothing() {
        assert_eq!(
            iso_time(&Timestamp {
                seconds: i64::MAX,
                nanos: 0
            }),
            None
        );
        assert_eq!(
            iso_time(&Timestamp {
                seconds: 0,
                nanos: -1
            }),
            None
        );
    }
}
