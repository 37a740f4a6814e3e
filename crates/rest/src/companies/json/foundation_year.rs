//! The year in which a company was founded.

use crate::error::Problem;
use crate::json::{Json, Path, ShapeIssues, received, whole_number};

/// Reads a year as a number or as digits. Which years there are is for the core to say. It takes 0 for none, so that what
/// is below 1 goes there as 1, which is as far out of range.
pub(super) fn foundation_year(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<u32> {
    if let Some(year) = whole_number(value) {
        return Some(u32::try_from(year.max(1)).unwrap_or(u32::MAX));
    }
    let problem = Problem::InvalidType {
        expected: "integer".into(),
        received: received(Some(value)).into(),
    };
    issues.add(path, problem, "a year is a whole number, like 1990 or \"1990\"");
    None
}

/// The year as callers see it; nothing for none.
pub(super) fn year_text(year: u32) -> Option<String> {
    (year != 0).then(|| year.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_any_size_reaches_the_core_and_none_is_taken_for_no_year() {
        for (number, expected) in [
            ("1990", Some(1990)),
            ("1990.0", Some(1990)),
            ("0", Some(1)),
            ("-1990", Some(1)),
            ("1e99", Some(u32::MAX)),
            ("1990.5", None),
        ] {
            let mut issues = ShapeIssues::default();
            let year = foundation_year(&Json::Number(number), Path::Request, &mut issues);
            assert_eq!(
                (year, issues.is_empty()),
                (expected, expected.is_some()),
                "{number}"
            );
        }
    }
}
