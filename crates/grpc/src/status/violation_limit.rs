//! How many violations an error tells of.

use http::{HeaderMap, HeaderName};

/// The metadata by which a caller asks for another number.
const HEADER: HeaderName = HeaderName::from_static("x-violation-limit");
/// As many as are kept of a request.
const MOST: usize = 10_000;
/// Errors travel in headers, and common clients refuse more than 8 KiB of them (grpc-java; others from 16 KiB on).
/// In base64 this leaves room for the rest.
const BYTES: usize = 5 * 1024;

/// How many violations an error tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ViolationLimit {
    /// At most so many,
    pub(super) count: usize,
    /// and no more once they take so many bytes.
    pub(super) bytes: usize,
}

impl Default for ViolationLimit {
    fn default() -> Self {
        Self {
            count: Self::COUNT,
            bytes: BYTES,
        }
    }
}

impl ViolationLimit {
    /// Unless the caller asks for another number.
    pub(super) const COUNT: usize = 50;

    /// What the caller asks for. Who asks for a number knows what headers it can take; without one, or with what is
    /// no number, it is 50, or fewer that fit.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let asked = headers
            .get(&HEADER)
            .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        match asked {
            Some(count) => Self {
                count: count.clamp(1, MOST),
                bytes: usize::MAX,
            },
            None => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn count_for(value: &'static str) -> usize {
        ViolationLimit::of(&HeaderMap::from_iter([(HEADER, HeaderValue::from_static(value))])).count
    }

    #[test]
    fn a_caller_may_ask_for_more_within_bounds() {
        for (value, expected) in [
            ("200", 200),
            ("10001", 10_000),
            ("0", 1),
            ("many", 50),
            ("-1", 50),
        ] {
            assert_eq!(count_for(value), expected, "{value}");
        }
    }
}
