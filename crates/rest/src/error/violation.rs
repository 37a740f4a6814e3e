//! From the core's violations to issues.

use proto::v1::Violation;
use proto::v1::violation::{
    Custom, InvalidDate, InvalidEnumValue, InvalidString, InvalidType, InvalidUnion, OutOfBounds,
    Problem as CoreProblem, Segment, out_of_bounds::Unit,
};

use super::{Issue, PathSegment, Problem, SizeUnit};

/// The issue that tells a REST caller of a violation, at its place in what was written.
pub(super) fn issue(violation: Violation, place: impl FnOnce(Vec<Segment>) -> Vec<PathSegment>) -> Issue {
    let Violation {
        path,
        message,
        problem,
    } = violation;
    Issue {
        path: place(path),
        message,
        problem: problem.map_or(Problem::Custom, convert),
    }
}

fn convert(problem: CoreProblem) -> Problem {
    match problem {
        CoreProblem::InvalidType(InvalidType { expected, received }) => Problem::InvalidType {
            expected: expected.into(),
            received: received.into(),
        },
        CoreProblem::TooSmall(OutOfBounds { unit, bound, exact }) => Problem::TooSmall {
            unit: size_unit(unit),
            minimum: bound,
            exact,
        },
        CoreProblem::TooBig(OutOfBounds { unit, bound, exact }) => Problem::TooBig {
            unit: size_unit(unit),
            maximum: bound,
            exact,
        },
        CoreProblem::InvalidString(InvalidString { validation }) => Problem::InvalidString { validation },
        CoreProblem::InvalidDate(InvalidDate {}) => Problem::InvalidDate,
        CoreProblem::InvalidEnumValue(InvalidEnumValue { options }) => Problem::InvalidEnumValue { options },
        CoreProblem::InvalidUnion(InvalidUnion {}) => Problem::InvalidUnion,
        CoreProblem::Custom(Custom {}) => Problem::Custom,
    }
}

fn size_unit(unit: i32) -> SizeUnit {
    match Unit::try_from(unit).unwrap_or(Unit::Unspecified) {
        Unit::String => SizeUnit::String,
        Unit::Array => SizeUnit::Array,
        Unit::Number | Unit::Unspecified => SizeUnit::Number,
    }
}
