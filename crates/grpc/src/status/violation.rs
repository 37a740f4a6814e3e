//! From the domain's violations to the API's.

use domain::{Problem, Segment, Unit, Violation};
use proto::v1 as api;
use proto::v1::violation::{
    Custom, InvalidDate, InvalidEnumValue, InvalidString, InvalidType, InvalidUnion, OutOfBounds,
    Problem as ApiProblem, Segment as ApiSegment, out_of_bounds::Unit as ApiUnit, segment::Kind,
};

/// The violation as a message.
pub(super) fn message(violation: &Violation) -> api::Violation {
    let Violation {
        path,
        problem,
        message,
    } = violation;
    api::Violation {
        path: path.iter().map(segment).collect(),
        message: message.clone(),
        problem: Some(convert(problem)),
    }
}

fn segment(segment: &Segment) -> ApiSegment {
    let kind = match segment {
        Segment::Field(name) => Kind::Field((*name).to_owned()),
        Segment::Index(index) => Kind::Index(u32::try_from(*index).unwrap_or(u32::MAX)),
        Segment::Key(key) => Kind::Key(key.clone()),
    };
    ApiSegment { kind: Some(kind) }
}

fn convert(problem: &Problem) -> ApiProblem {
    match problem {
        Problem::InvalidType { expected, received } => ApiProblem::InvalidType(InvalidType {
            expected: (*expected).to_owned(),
            received: received.clone(),
        }),
        Problem::TooSmall { unit, minimum, exact } => {
            ApiProblem::TooSmall(out_of_bounds(*unit, *minimum, *exact))
        }
        Problem::TooBig { unit, maximum, exact } => {
            ApiProblem::TooBig(out_of_bounds(*unit, *maximum, *exact))
        }
        Problem::InvalidString { validation } => ApiProblem::InvalidString(InvalidString {
            validation: (*validation).to_owned(),
        }),
        Problem::InvalidDate => ApiProblem::InvalidDate(InvalidDate {}),
        Problem::InvalidEnumValue { options } => ApiProblem::InvalidEnumValue(InvalidEnumValue {
            options: options.clone(),
        }),
        Problem::InvalidUnion => ApiProblem::InvalidUnion(InvalidUnion {}),
        Problem::Custom => ApiProblem::Custom(Custom {}),
    }
}

fn out_of_bounds(unit: Unit, bound: i64, exact: bool) -> OutOfBounds {
    let unit = match unit {
        Unit::Characters => ApiUnit::String,
        Unit::Entries => ApiUnit::Array,
        Unit::Number => ApiUnit::Number,
    };
    OutOfBounds {
        unit: unit.into(),
        bound,
        exact,
    }
}
