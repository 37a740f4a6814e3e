//! How many records a page has.

use crate::error::{Problem, SizeUnit};
use crate::json::{Json, Path, ShapeIssues, received};

const MINIMUM: i32 = 1;
const MAXIMUM: i32 = 100;

/// Reads a limit from a query string.
pub(super) fn from_text(text: &str, path: Path<'_>, issues: &mut ShapeIssues) -> Option<i32> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return not_whole(path, issues, "string");
    }
    from_number(text, path, issues)
}

/// Reads a limit from a body.
pub(super) fn from_json(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<i32> {
    match value {
        Json::Number(number) => from_number(number, path, issues),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
            not_whole(path, issues, received(Some(value)))
        }
    }
}

fn from_number(number: &str, path: Path<'_>, issues: &mut ShapeIssues) -> Option<i32> {
    let number: f64 = number.parse().ok()?;
    let (unit, exact) = (SizeUnit::Number, false);
    let problem = if number < f64::from(MINIMUM) {
        let minimum = MINIMUM.into();
        Problem::TooSmall { unit, minimum, exact }
    } else if number > f64::from(MAXIMUM) {
        let maximum = MAXIMUM.into();
        Problem::TooBig { unit, maximum, exact }
    } else {
        let whole = (MINIMUM..=MAXIMUM).find(|whole| f64::from(*whole) == number);
        return whole.or_else(|| not_whole(path, issues, "float"));
    };
    issues.add(path, problem, format!("a limit is from {MINIMUM} to {MAXIMUM}"));
    None
}

fn not_whole(path: Path<'_>, issues: &mut ShapeIssues, received: &'static str) -> Option<i32> {
    let problem = Problem::InvalidType {
        expected: "integer".into(),
        received: received.into(),
    };
    let message = format!("a limit is a whole number from {MINIMUM} to {MAXIMUM}");
    issues.add(path, problem, message);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<i32>, bool) {
        let mut issues = ShapeIssues::default();
        let limit = from_text(text, Path::Request, &mut issues);
        (limit, issues.is_empty())
    }

    #[test]
    fn a_limit_is_a_whole_number_within_bounds() {
        for (text, limit) in [("1", 1), ("100", 100), ("020", 20)] {
            assert_eq!(read(text), (Some(limit), true), "{text}");
        }
        for text in [
            "",
            "0",
            "101",
            "-1",
            "-",
            "1.0",
            "1e1",
            "+1",
            " 1",
            "99999999999999999999",
            "inf",
        ] {
            assert_eq!(read(text), (None, false), "{text}");
        }
    }

    #[test]
    fn a_body_may_write_it_as_any_number_that_is_whole() {
        for (text, expected) in [("2e1", Some(20)), ("20.0", Some(20)), ("20.5", None)] {
            let mut issues = ShapeIssues::default();
            let limit = from_json(&Json::Number(text), Path::Request, &mut issues);
            assert_eq!(
                (limit, issues.is_empty()),
                (expected, expected.is_some()),
                "{text}"
            );
        }
    }
}
