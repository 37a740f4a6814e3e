//! Times as callers see them.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, SecondsFormat};
use prost_types::Timestamp;
use proto::v1::Date;

use crate::date;

fn iso(seconds: i64, nanos: u32) -> Option<String> {
    Some(DateTime::from_timestamp(seconds, nanos)?.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// `2021-01-01T00:00:00.000Z`; nothing for what is no time.
pub(crate) fn iso_time(time: &Timestamp) -> Option<String> {
    iso(time.seconds, u32::try_from(time.nanos).ok()?)
}

/// Why a text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoTime {
    /// It has another form.
    Form,
    /// There is no such day, or no such time of a day.
    Calendar,
}

/// Reads ISO 8601 with an offset: `2021-01-01T00:00:00.000Z`. Seconds and their fraction may be left out, and the offset
/// may be `Z`, `+01:00`, `+0100` or `+01`.
pub(crate) fn parse_iso(text: &str) -> Result<Timestamp, NoTime> {
    let (day, time) = text.split_once('T').ok_or(NoTime::Form)?;
    let Date { year, month, day } = date::parse(day).ok_or(NoTime::Form)?;
    let (time, offset) = split_offset(time).ok_or(NoTime::Form)?;
    let (hour, minute, second, nanos) = clock(time).ok_or(NoTime::Form)?;

    let date = NaiveDate::from_ymd_opt(year.cast_signed(), month, day);
    let instant = date
        .and_then(|date| date.and_hms_nano_opt(hour, minute, second, nanos))
        .ok_or(NoTime::Calendar)?
        .and_utc();
    Ok(Timestamp {
        seconds: instant.timestamp() - offset,
        nanos: nanos.cast_signed(),
    })
}

/// The time of day, and the offset in seconds.
fn split_offset(text: &str) -> Option<(&str, i64)> {
    if let Some(time) = text.strip_suffix('Z') {
        return Some((time, 0));
    }
    let place = text.rfind(['+', '-'])?;
    let (time, offset) = text.split_at(place);
    let (sign, digits) = offset.split_at(1);
    let digits = digits.replacen(
        ':',
        "",
        usize::from(digits.len() == 5 && digits.get(2..3) == Some(":")),
    );
    let (hours, minutes) = match digits.len() {
        2 => (number(&digits)?, 0),
        4 => (number(digits.get(..2)?)?, number(digits.get(2..)?)?),
        _ => return None,
    };
    let seconds = i64::from(hours * 3600 + minutes * 60);
    (hours < 24 && minutes < 60).then_some((time, if sign == "-" { -seconds } else { seconds }))
}

/// Hour, minute, second and nanoseconds.
fn clock(text: &str) -> Option<(u32, u32, u32, u32)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if whole.len() == "00:00:00".len() => (whole, fraction),
        Some(_) => return None,
        None => (text, "0"),
    };
    let mut parts = whole.split(':');
    let two_digits = |part: &str| (part.len() == 2).then(|| number(part)).flatten();
    let hour = two_digits(parts.next()?)?;
    let minute = two_digits(parts.next()?)?;
    let second = parts.next().map_or(Some(0), two_digits)?;
    if parts.next().is_some() || fraction.len() > 9 {
        return None;
    }
    let nanos = number(fraction)? * 10_u32.pow(9 - u32::try_from(fraction.len()).ok()?);
    Some((hour, minute, second, nanos))
}

/// Digits alone, at least one.
fn number(digits: &str) -> Option<u32> {
    let all = digits.bytes().all(|digit| digit.is_ascii_digit());
    if all { digits.parse().ok() } else { None }
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

    fn read(text: &str) -> Result<String, NoTime> {
        parse_iso(text).map(|time| iso_time(&time).unwrap())
    }

    #[test]
    fn times_are_read_in_every_iso_form_that_has_an_offset() {
        for text in [
            "2021-01-01T00:00:00.000Z",
            "2021-01-01T00:00:00Z",
            "2021-01-01T00:00Z",
            "2021-01-01T01:00:00+01:00",
            "2021-01-01T01:00:00+0100",
            "2021-01-01T01:00:00.0+01",
            "2020-12-31T18:30-05:30",
        ] {
            assert_eq!(read(text).as_deref(), Ok("2021-01-01T00:00:00.000Z"), "{text}");
        }
        assert_eq!(
            read("1969-12-31T23:59:59.25Z").as_deref(),
            Ok("1969-12-31T23:59:59.250Z")
        );
    }

    #[test]
    fn other_forms_and_days_that_there_are_not_are_told_apart() {
        for text in [
            "",
            "2021-01-01",
            "2021-01-01T00:00:00",
            "2021-01-01 00:00:00Z",
            "2021-01-01T0:00:00Z",
            "2021-01-01T00:00.5Z",
            "2021-01-01T00:00:00.Z",
            "2021-01-01T00:00:00,5Z",
            "2021-01-01T00:00:00+1",
            "2021-01-01T00:00:00+24:00",
            "2021-01-01T00:00:00+1:000",
            "2021-01-01T00:00:00é",
            "2021-01-01T00:00:00:00Z",
            "2021-01-01T+0:00Z",
        ] {
            assert_eq!(read(text), Err(NoTime::Form), "{text}");
        }
        for text in [
            "2021-02-29T00:00:00Z",
            "2021-01-01T24:00:00Z",
            "2021-01-01T00:60Z",
            "2021-01-01T00:00:60Z",
        ] {
            assert_eq!(read(text), Err(NoTime::Calendar), "{text}");
        }
    }
}
