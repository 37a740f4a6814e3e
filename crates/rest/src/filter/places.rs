//! From the core's words on conditions to those of the caller.

use proto::v1::Violation;

use super::operator::name;
use super::{Condition, Filter, field_name};
use crate::error::{Issue, PathSegment, Places, Problem, Translate};

/// The places of a request with a filter.
pub(crate) struct FilterPlaces<'a>(pub(crate) &'a Filter);

const PLACES: Places = Places(&[
    ("filter.combinator", &["combinator"]),
    ("filter.conditions", &["filter"]),
]);

impl Translate for FilterPlaces<'_> {
    fn issue(&self, violation: Violation) -> Issue {
        let Self(Filter {
            combinator: _,
            conditions,
        }) = self;
        let mut issue = PLACES.issue(violation);
        if let [PathSegment::Key(filter), PathSegment::Index(index), rest @ ..] = issue.path.as_slice()
            && filter == "filter"
            && let Some(condition) = conditions.get(*index as usize)
        {
            let about = match rest {
                [PathSegment::Key(part)] => part.clone(),
                _ => String::new(),
            };
            issue.path = place(condition, rest);
            rename_options(&mut issue, &about, condition);
        }
        issue
    }
}

fn place(condition: &Condition, rest: &[PathSegment]) -> Vec<PathSegment> {
    let Condition {
        field,
        operator,
        operands,
    } = condition;
    let operand = match rest {
        [PathSegment::Key(part), PathSegment::Index(index), ..] if part == "operands" => {
            operands.get(*index as usize)
        }
        _ => None,
    };
    let start = ["filter", field, name(*operator)].map(|key| PathSegment::Key(key.to_owned()));
    let place = operand.map_or(&[][..], |operand| operand.place.as_slice());
    start.into_iter().chain(place.iter().cloned()).collect()
}

/// The core lists fields and operators under its own names.
fn rename_options(issue: &mut Issue, about: &str, condition: &Condition) {
    let Problem::InvalidEnumValue { options } = &mut issue.problem else {
        return;
    };
    let field: String = condition.field.chars().take(100).collect();
    let start = match about {
        "field" => {
            for option in options.iter_mut() {
                *option = field_name::to_json(option);
            }
            format!("unknown field {field:?}")
        }
        "operator" => {
            for option in options.iter_mut() {
                let name = option.strip_prefix("OPERATOR_").unwrap_or(option);
                *option = name.to_ascii_lowercase();
            }
            format!(
                "{field:?} does not have the operator {}",
                name(condition.operator)
            )
        }
        _ => return,
    };
    issue.message = format!("{start}; there are {}", options.join(", "));
}
