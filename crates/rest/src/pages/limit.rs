//! How many records a page has.

use crate::error::{Problem, SizeUnit};
use crate::json::{Json, Path, ShapeIssues, received, whole_from_digits, whole_from_number};

const MINIMUM: i32 = 1;
const MAXIMUM: i32 = 100;

/// Reads a limit from a query string.
pub(super) fn from_text(text: &str, path: Path<'_>, issues: &mut ShapeIssues) -> Option<i32> {
    within(whole_from_digits(text), path, issues, "string")
}

/// Reads a limit from a body.
pub(super) fn from_json(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<i32> {
    let (whole, received) = match value {
        Json::Number(number) => (whole_from_number(number), "float"),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
            (None, received(Some(value)))
        }
    };
    within(whole, path, issues, received)
}

fn within(
    whole: Option<i64>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
    received: &'static str,
) -> Option<i32> {
    let Some(whole) = whole else {
        return not_whole(path, issues, received);
    };
    let (unit, exact) = (SizeUnit::Number, false);
    let problem = if whole < MINIMUM.into() {
        let minimum = MINIMUM.into();
        Problem::TooSmall { unit, minimum, exact }
    } else if whole > MAXIMUM.into() {
        let maximum = MAXIMUM.into();
        Problem::TooBig { unit, maximum, exact }
    } else {
        return i32::try_from(whole).ok();
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
