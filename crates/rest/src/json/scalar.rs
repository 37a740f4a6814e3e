//! Values that hold no others.

use prost_types::Timestamp;
use proto::v1::Date;

use super::{Json, Path, ShapeIssues};
use crate::date;
use crate::error::Problem;
use crate::time::{NoTime, parse_iso};

/// Reads a text.
pub(crate) fn text(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<String> {
    match value {
        Json::Text(text) => Some(text.clone().into_owned()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => {
            issues.wrong_type(path, "string", Some(value));
            None
        }
    }
}

/// Reads a boolean.
pub(crate) fn boolean(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<bool> {
    match value {
        Json::Bool(value) => Some(*value),
        Json::Null | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
            issues.wrong_type(path, "boolean", Some(value));
            None
        }
    }
}

/// Reads a value with this reader, or `null` for none.
pub(crate) fn or_null<T: Default>(
    reader: impl Fn(&Json<'_>, Path<'_>, &mut ShapeIssues) -> Option<T>,
) -> impl Fn(&Json<'_>, Path<'_>, &mut ShapeIssues) -> Option<T> {
    move |value, path, issues| match value {
        Json::Null => Some(T::default()),
        Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
            reader(value, path, issues)
        }
    }
}

/// Reads a date.
pub(crate) fn date(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Option<Date>> {
    let date = date::parse(&text(value, path, issues)?);
    if date.is_none() {
        issues.add(
            path,
            Problem::InvalidDate,
            "a date of the form YYYY-MM-DD is needed",
        );
    }
    Some(date)
}

/// Reads a time.
pub(crate) fn time(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Timestamp> {
    let (problem, message) = match parse_iso(&text(value, path, issues)?) {
        Ok(time) => return Some(time),
        Err(NoTime::Form) => (
            Problem::InvalidString {
                validation: "datetime".to_owned(),
            },
            "a time with its offset is needed, like 2021-01-01T00:00:00.000Z",
        ),
        Err(NoTime::Calendar) => (
            Problem::InvalidDate,
            "there is no such day, or no such time of a day",
        ),
    };
    issues.add(path, problem, message);
    None
}

/// What has a name in JSON and a value in a message.
pub(crate) type Named<T> = (&'static str, T);

/// Reads one of these names.
pub(crate) fn named<T: Copy>(
    names: &[Named<T>],
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<T> {
    let text = text(value, path, issues)?;
    if let Some((_, found)) = names.iter().find(|(name, _)| *name == text) {
        return Some(*found);
    }
    let options: Vec<_> = names.iter().map(|(name, _)| (*name).to_owned()).collect();
    let text: String = text.chars().take(100).collect();
    let message = format!("{text:?} is none of {}", options.join(", "));
    issues.add(path, Problem::InvalidEnumValue { options }, message);
    None
}

/// The name of a value; nothing for one that has none.
pub(crate) fn name_of<T: Copy + PartialEq>(names: &[Named<T>], value: T) -> Option<&'static str> {
    let found = names.iter().find(|(_, one)| *one == value);
    found.map(|(name, _)| *name)
}
