//! Operators and combinators by their names in JSON and query strings.

use proto::v1::Operator;
use proto::v1::filter::Combinator;

use crate::error::Problem;
use crate::json::{Path, ShapeIssues};

const OPERATORS: [Operator; 11] = [
    Operator::Eq,
    Operator::NotEq,
    Operator::Like,
    Operator::NotLike,
    Operator::Gt,
    Operator::Lt,
    Operator::In,
    Operator::NotIn,
    Operator::All,
    Operator::Empty,
    Operator::NotEmpty,
];

const COMBINATORS: [Combinator; 2] = [Combinator::And, Combinator::Or];

/// How many values an operator takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    None,
    One,
    Several,
}

pub(super) fn name(operator: Operator) -> &'static str {
    match operator {
        Operator::Unspecified => "",
        Operator::Eq => "eq",
        Operator::NotEq => "not_eq",
        Operator::Like => "like",
        Operator::NotLike => "not_like",
        Operator::Gt => "gt",
        Operator::Lt => "lt",
        Operator::In => "in",
        Operator::NotIn => "not_in",
        Operator::All => "all",
        Operator::Empty => "empty",
        Operator::NotEmpty => "not_empty",
    }
}

pub(super) fn values(operator: Operator) -> Values {
    match operator {
        Operator::Empty | Operator::NotEmpty => Values::None,
        Operator::In | Operator::NotIn | Operator::All => Values::Several,
        Operator::Unspecified
        | Operator::Eq
        | Operator::NotEq
        | Operator::Like
        | Operator::NotLike
        | Operator::Gt
        | Operator::Lt => Values::One,
    }
}

pub(super) fn combinator_name(combinator: Combinator) -> &'static str {
    match combinator {
        Combinator::Unspecified => "",
        Combinator::And => "and",
        Combinator::Or => "or",
    }
}

/// Reads an operator.
pub(super) fn operator(text: &str, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Operator> {
    let found = OPERATORS.into_iter().find(|one| name(*one) == text);
    if found.is_none() {
        let text: String = text.chars().take(100).collect();
        let wrong = format!("unknown operator {text:?}");
        refuse(&wrong, OPERATORS.map(name).to_vec(), path, issues);
    }
    found
}

/// Reads how conditions are joined.
pub(super) fn combinator(text: &str, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Combinator> {
    let found = COMBINATORS.into_iter().find(|one| combinator_name(*one) == text);
    if found.is_none() {
        let options = COMBINATORS.map(combinator_name).to_vec();
        // Not quoted: the value of a parameter may be a secret that was put into the wrong one.
        refuse("unknown combinator", options, path, issues);
    }
    found
}

fn refuse(wrong: &str, options: Vec<&'static str>, path: Path<'_>, issues: &mut ShapeIssues) {
    let message = format!("{wrong}; there are {}", options.join(", "));
    let options = options.into_iter().map(str::to_owned).collect();
    issues.add(path, Problem::InvalidEnumValue { options }, message);
}
