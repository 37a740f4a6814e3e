//! Filters in query strings: `filter[<field>][<operator>]=<value>`, for references with `[id]` or `[email]` after it.

use std::collections::HashMap;

use super::operator::{self, Values, values};
use super::{Filter, Operand, Target};
use crate::error::{PathSegment, Problem};
use crate::json::{Path, ShapeIssues};
use crate::query::Query;

/// What a list takes.
pub(crate) const PARAMETERS: &str = "limit, cursor, combinator and filter[<field>][<operator>]";

const COMBINATOR: &str = "combinator";

/// The key of a filter, in its parts.
#[derive(Debug, PartialEq, Eq)]
struct FilterKey<'a> {
    field: &'a str,
    operator: &'a str,
    reference: Option<Reference>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reference {
    Id,
    Email,
}

/// Takes the filter from a query string.
pub(crate) fn read_query(query: &mut Query, issues: &mut ShapeIssues) -> Filter {
    let combinator = query
        .take_one(COMBINATOR, issues)
        .and_then(|text| operator::combinator(&text, Path::Key(&Path::Request, COMBINATOR), issues));
    let mut filter = Filter {
        combinator,
        conditions: Vec::new(),
    };
    let parameters = query.take(|key| key == "filter" || key.starts_with("filter["));
    let mut repeats: HashMap<String, (usize, u32)> = HashMap::new();
    for (key, _) in &parameters {
        repeats.entry(key.clone()).or_default().0 += 1;
    }
    for (key, value) in parameters {
        let (total, seen) = repeats.entry(key.clone()).or_default();
        let index = (*total > 1).then_some(*seen);
        *seen += 1;
        add(&mut filter, &key, value, index, issues);
    }
    filter
}

/// Adds one parameter; `index` is its place among those of the same key, if there are several.
fn add(filter: &mut Filter, key: &str, value: String, index: Option<u32>, issues: &mut ShapeIssues) {
    let Some(FilterKey {
        field,
        operator: written,
        reference,
    }) = parse(key)
    else {
        let message = format!(
            "{key:?} is no filter: it is written filter[<field>][<operator>]=<value>, with [id] or [email] after the \
             operator for references"
        );
        issues.add(Path::Key(&Path::Request, key), Problem::Custom, message);
        return;
    };
    let path = Path::Key(&Path::Request, "filter");
    let path = Path::Key(&path, field);
    let path = Path::Key(&path, written);
    let Some(operator) = operator::operator(written, path, issues) else {
        return;
    };
    if values(operator) == Values::None {
        if reference.is_some() {
            let message = format!("{written} takes no value, and so no [id] or [email]");
            issues.add(path, Problem::Custom, message);
            return;
        }
        return filter.add(field, operator, Vec::new());
    }
    let (name, target) = match reference {
        None => (None, Target::Text(value)),
        Some(Reference::Id) => (Some("id"), Target::Id(value)),
        Some(Reference::Email) => (Some("email"), Target::Email(value)),
    };
    let name = name.map(|name| PathSegment::Key(name.to_owned()));
    let place = name.into_iter().chain(index.map(PathSegment::Index)).collect();
    filter.add(field, operator, vec![Operand { target, place }]);
}

/// Takes a key apart from its end: the name of a field may hold brackets, an operator does not.
fn parse(key: &str) -> Option<FilterKey<'_>> {
    let inside = key.strip_prefix("filter[")?.strip_suffix(']')?;
    let (before, last) = inside.rsplit_once("][")?;
    let reference = match last {
        "id" => Reference::Id,
        "email" => Reference::Email,
        operator => {
            return Some(FilterKey {
                field: before,
                operator,
                reference: None,
            });
        }
    };
    let (field, operator) = before.rsplit_once("][")?;
    Some(FilterKey {
        field,
        operator,
        reference: Some(reference),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_from_its_end() {
        use Reference::{Email, Id};
        for (key, field, operator, reference) in [
            ("filter[emails][like]", "emails", "like", None),
            ("filter[groups][in][id]", "groups", "in", Some(Id)),
            ("filter[createdBy][in][email]", "createdBy", "in", Some(Email)),
            ("filter[a][b] ][eq][not_eq]", "a][b] ][eq", "not_eq", None),
            ("filter[a][in][id][in][id]", "a][in][id", "in", Some(Id)),
            ("filter[][eq]", "", "eq", None),
            ("filter[id][eq]", "id", "eq", None),
        ] {
            let expected = FilterKey {
                field,
                operator,
                reference,
            };
            assert_eq!(parse(key), Some(expected), "{key}");
        }
    }

    #[test]
    fn a_key_without_field_or_operator_is_none() {
        for key in [
            "filter",
            "filter[",
            "filter[emails]",
            "filter[groups][id]",
            "filter[a][eq",
            "filter[a]eq]",
        ] {
            assert_eq!(parse(key), None, "{key}");
        }
    }
}
