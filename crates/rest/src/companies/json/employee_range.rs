//! How many people work for a company, by the names in JSON.

use proto::v1::company::EmployeeRange;

use crate::json::{Json, Named, Path, ShapeIssues, name_of, named};

const RANGES: [Named<EmployeeRange>; 8] = [
    ("1-10", EmployeeRange::EmployeeRange1To10),
    ("11-50", EmployeeRange::EmployeeRange11To50),
    ("51-200", EmployeeRange::EmployeeRange51To200),
    ("201-500", EmployeeRange::EmployeeRange201To500),
    ("501-1000", EmployeeRange::EmployeeRange501To1000),
    ("1001-5000", EmployeeRange::EmployeeRange1001To5000),
    ("5001-10000", EmployeeRange::EmployeeRange5001To10000),
    ("10000+", EmployeeRange::EmployeeRange10000OrMore),
];

/// Reads a range as the number in a message.
pub(super) fn employee_range(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<i32> {
    named(&RANGES, value, path, issues).map(i32::from)
}

pub(super) fn range_name(range: EmployeeRange) -> Option<&'static str> {
    name_of(&RANGES, range)
}
