//! `Idempotency-Key`: a create that is sent again answers the first result.

use http::HeaderMap;

use crate::error::{Problem, SizeUnit};
use crate::json::{Path, ShapeIssues};

const HEADER: &str = "Idempotency-Key";

/// The most characters of a key.
const LIMIT: usize = 255;

/// The key, as the core's `request_id`; empty for none. A request with problems of shape has none either: it is not
/// what was stored under the key, if anything was, and will not be stored.
pub(crate) fn request_id(headers: &HeaderMap, issues: &mut ShapeIssues) -> String {
    let mut values = headers.get_all(HEADER).iter();
    let (Some(value), another) = (values.next(), values.next()) else {
        return String::new();
    };
    let key = std::str::from_utf8(value.as_bytes());
    let problem = match (key, another) {
        (Ok(""), None) => Some((
            Problem::TooSmall {
                unit: SizeUnit::String,
                minimum: 1,
                exact: false,
            },
            "an idempotency key has at least 1 character",
        )),
        (Ok(key), None) if key.chars().count() > LIMIT => Some((
            Problem::TooBig {
                unit: SizeUnit::String,
                maximum: LIMIT as i64,
                exact: false,
            },
            "an idempotency key has at most 255 characters",
        )),
        (Ok(_), None) => None,
        (Ok(_) | Err(_), Some(_)) => Some((Problem::Custom, "only one idempotency key can be sent")),
        (Err(_), None) => Some((Problem::Custom, "an idempotency key is UTF-8")),
    };
    if let Some((problem, message)) = problem {
        issues.add(Path::Key(&Path::Request, HEADER), problem, message);
    }
    if issues.is_empty() {
        key.unwrap_or_default().to_owned()
    } else {
        String::new()
    }
}
