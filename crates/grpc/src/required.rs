//! The parts that a request cannot do without.

use domain::{Path, Problem, Violations};

use crate::status::Failure;

/// The message at a field of the request, or the failure that it is missing.
pub(crate) fn required<T>(message: Option<T>, field: &'static str) -> Result<T, Failure> {
    message.ok_or_else(|| {
        let mut violations = Violations::default();
        let problem = Problem::InvalidType {
            expected: "object",
            received: "undefined".to_owned(),
        };
        violations.add(&Path::root(field), problem, "this is needed");
        Failure::Invalid(violations)
    })
}
