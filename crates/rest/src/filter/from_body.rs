//! Filters in bodies: `{"<field>": {"<operator>": value}}`, a value being a text, a number, or for references
//! `{"id": "..."}` or `{"email": "..."}`; or a list of those.

use proto::v1::Operator;

use super::operator::{self, Values, values};
use super::{Filter, Operand, Target};
use crate::error::{PathSegment, Problem, SizeUnit};
use crate::json::{Either, Fields, Json, Path, ShapeIssues, map, received, text};

/// Reads `combinator` and `filter` of a body.
pub(crate) fn read_body(fields: &mut Fields<'_, '_>, issues: &mut ShapeIssues) -> Filter {
    let combinator = fields.read("combinator", issues, |value, path, issues| {
        operator::combinator(&text(value, path, issues)?, path, issues).map(Some)
    });
    let mut filter = Filter {
        combinator,
        conditions: Vec::new(),
    };
    let written = fields.read("filter", issues, |value, path, issues| {
        map(value, path, issues, operators)
    });
    for (field, operators) in written {
        for (operator, operands) in operators {
            filter.add(&field, operator, operands);
        }
    }
    filter
}

/// What is under the name of a field.
fn operators(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<Vec<(Operator, Vec<Operand>)>> {
    let Json::Object(pairs) = value else {
        issues.wrong_type(path, "object", Some(value));
        return None;
    };
    if pairs.is_empty() {
        // A condition that is silently ignored has cost people data.
        issues.add(path, Problem::Custom, "an operator is needed");
    }
    let read = pairs.iter().filter_map(|(key, value)| {
        let path = Path::Key(&path, key);
        let operator = operator::operator(key, path, issues)?;
        Some((operator, operands(operator, value, path, issues)?))
    });
    Some(read.collect())
}

fn operands(
    operator: Operator,
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<Vec<Operand>> {
    if values(operator) == Values::None {
        // Any value will do.
        return Some(Vec::new());
    }
    let Json::List(entries) = value else {
        return Some(vec![operand(value, path, None, issues)?]);
    };
    if entries.is_empty() {
        let problem = Problem::TooSmall {
            unit: SizeUnit::Array,
            minimum: 1,
            exact: false,
        };
        issues.add(path, problem, "at least one value is needed");
        return None;
    }
    let read = entries.iter().enumerate().map(|(index, value)| {
        let path = Path::Index(&path, index);
        operand(value, path, u32::try_from(index).ok(), issues)
    });
    // All are looked at, and one that cannot be read takes the others with it: they would be another condition.
    let read: Vec<_> = read.collect();
    read.into_iter().collect()
}

fn operand(
    value: &Json<'_>,
    path: Path<'_>,
    index: Option<u32>,
    issues: &mut ShapeIssues,
) -> Option<Operand> {
    let (target, name) = match value {
        Json::Text(text) => (Target::Text(text.clone().into_owned()), None),
        Json::Number(number) => (Target::Text((*number).to_owned()), None),
        Json::Object(_) => {
            let mut fields = Fields::of(value, path, issues)?;
            let target = fields.either_text("id", "email", issues);
            fields.finish(issues);
            match target? {
                Either::First(id) => (Target::Id(id), Some("id")),
                Either::Second(email) => (Target::Email(email), Some("email")),
            }
        }
        Json::Null | Json::Bool(_) | Json::List(_) => {
            let received = received(Some(value));
            let problem = Problem::InvalidType {
                expected: "string".into(),
                received: received.into(),
            };
            let message = format!(
                "a text, a number, {{\"id\": ...}} or {{\"email\": ...}} is needed, received {received}"
            );
            issues.add(path, problem, message);
            return None;
        }
    };
    let name = name.map(|name| PathSegment::Key(name.to_owned()));
    let place = index.map(PathSegment::Index).into_iter().chain(name).collect();
    Some(Operand { target, place })
}
