//! `Idempotency-Key`: a create that is sent again answers the first result.

use http::{HeaderMap, HeaderValue};

use crate::error::{Problem, SizeUnit};
use crate::json::{Path, ShapeIssues};

const HEADER: &str = "Idempotency-Key";

/// The most characters of a key.
const LIMIT: u8 = 255;

/// The key of a create; empty for none.
#[derive(Debug)]
pub(crate) struct IdempotencyKey(String);

impl IdempotencyKey {
    pub(crate) fn of(headers: &HeaderMap, issues: &mut ShapeIssues) -> Self {
        let mut values = headers.get_all(HEADER).iter();
        let (Some(value), another) = (values.next(), values.next()) else {
            return Self(String::new());
        };
        let key = match another {
            None => read(value),
            Some(_) => Err((Problem::Custom, "only one idempotency key can be sent".to_owned())),
        };
        Self(key.unwrap_or_else(|(problem, message)| {
            issues.add(Path::Key(&Path::Request, HEADER), problem, message);
            String::new()
        }))
    }

    /// The core's `request_id`. What is only validated has none: it is not what was stored under the key.
    pub(crate) fn request_id(self, validate_only: bool) -> String {
        if validate_only { String::new() } else { self.0 }
    }
}

fn read(value: &HeaderValue) -> Result<String, (Problem, String)> {
    let key = std::str::from_utf8(value.as_bytes())
        .map_err(|_| (Problem::Custom, "an idempotency key is UTF-8".to_owned()))?;
    let (unit, exact) = (SizeUnit::String, false);
    let problem = match key.chars().count() {
        0 => Problem::TooSmall {
            unit,
            minimum: 1,
            exact,
        },
        length if length > usize::from(LIMIT) => Problem::TooBig {
            unit,
            maximum: LIMIT.into(),
            exact,
        },
        _ => return Ok(key.to_owned()),
    };
    Err((problem, format!("an idempotency key has 1 to {LIMIT} characters")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_key_is_none_that_was_meant() {
        let headers = HeaderMap::from_iter([(
            http::HeaderName::from_static("idempotency-key"),
            HeaderValue::from_static(""),
        )]);
        let mut issues = ShapeIssues::default();
        IdempotencyKey::of(&headers, &mut issues);
        assert_eq!(issues.known().len(), 1);
    }
}
