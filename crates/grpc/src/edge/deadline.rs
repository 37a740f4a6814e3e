//! The time that a call has.

use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName};
use tokio::time::timeout_at;

use super::only;
use crate::status::Failure;

/// The metadata that carries the time that the caller gives it.
const TIMEOUT: HeaderName = HeaderName::from_static("grpc-timeout");

/// tonic's server has a timer for `grpc-timeout` too, and answers CANCELLED without a word when it is the first.
const LEAD: Duration = Duration::from_millis(5);

/// When a call's time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deadline(pub(crate) Instant);

impl Deadline {
    /// What the caller asks for, or less.
    pub(super) fn of(headers: &HeaderMap, most: Duration) -> Self {
        Self(Instant::now() + time_of(headers, most))
    }

    /// The result of the work, or the failure that it was not done in time. Late work is dropped.
    pub(crate) async fn enforce<T>(self, work: impl Future<Output = T>) -> Result<T, Failure> {
        timeout_at(self.0.into(), work)
            .await
            .map_err(|_| Failure::Deadline)
    }
}

fn time_of(headers: &HeaderMap, most: Duration) -> Duration {
    match only(headers, &TIMEOUT).and_then(parse) {
        Some(asked) => asked.saturating_sub(LEAD.min(asked / 2)).min(most),
        None => most,
    }
}

/// The form that gRPC gives timeouts: up to 8 digits and a unit.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if !(1..=8).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(number * 3600),
        "M" => Duration::from_secs(number * 60),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        "n" => Duration::from_nanos(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_timeout_has_up_to_eight_digits_and_a_unit() {
        for (text, expected) in [
            ("1H", Some(Duration::from_secs(3600))),
            ("2M", Some(Duration::from_secs(120))),
            ("3S", Some(Duration::from_secs(3))),
            ("4m", Some(Duration::from_millis(4))),
            ("5u", Some(Duration::from_micros(5))),
            ("99999999n", Some(Duration::from_nanos(99_999_999))),
            ("99999999H", Some(Duration::from_secs(99_999_999 * 3600))),
            ("100000000n", None),
            ("S", None),
            ("", None),
            ("3", None),
            ("+3S", None),
            ("3s", None),
            ("3\u{e9}", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_caller_gets_what_it_asks_for_but_not_more_than_there_is() {
        let most = Duration::from_secs(10);
        for (asked, expected) in [
            ("1S", Duration::from_millis(995)),
            ("4m", Duration::from_millis(2)),
            ("1H", most),
            ("soon", most),
        ] {
            let headers = HeaderMap::from_iter([(TIMEOUT, HeaderValue::from_static(asked))]);
            assert_eq!(time_of(&headers, most), expected, "{asked}");
        }
        assert_eq!(time_of(&HeaderMap::new(), most), most);
    }
}
