//! One thing that is wrong with a request, in the shape of the issues of the Zod library.

use std::borrow::Cow;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Issue {
    /// Where, in the caller's own keys and indexes.
    pub(crate) path: Vec<PathSegment>,
    /// What is wrong and what would be right.
    pub(crate) message: String,
    pub(crate) problem: Problem,
}

/// One step of a path into JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub(crate) enum PathSegment {
    Key(String),
    Index(u32),
}

/// The kinds of issues with what each tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Problem {
    InvalidType {
        expected: Cow<'static, str>,
        received: Cow<'static, str>,
    },
    TooSmall {
        unit: SizeUnit,
        minimum: i64,
        exact: bool,
    },
    TooBig {
        unit: SizeUnit,
        maximum: i64,
        exact: bool,
    },
    InvalidString {
        validation: String,
    },
    InvalidDate,
    InvalidEnumValue {
        options: Vec<String>,
    },
    UnrecognizedKeys {
        keys: Vec<String>,
    },
    InvalidUnion,
    Custom,
}

/// What a bound counts or compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SizeUnit {
    String,
    Array,
    Number,
}

impl Problem {
    fn code(&self) -> &'static str {
        match self {
            Self::InvalidType {
                expected: _,
                received: _,
            } => "invalid_type",
            Self::TooSmall {
                unit: _,
                minimum: _,
                exact: _,
            } => "too_small",
            Self::TooBig {
                unit: _,
                maximum: _,
                exact: _,
            } => "too_big",
            Self::InvalidString { validation: _ } => "invalid_string",
            Self::InvalidDate => "invalid_date",
            Self::InvalidEnumValue { options: _ } => "invalid_enum_value",
            Self::UnrecognizedKeys { keys: _ } => "unrecognized_keys",
            Self::InvalidUnion => "invalid_union",
            Self::Custom => "custom",
        }
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            path,
            message,
            problem,
        } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", problem.code())?;
        map.serialize_entry("path", path)?;
        map.serialize_entry("message", message)?;
        match problem {
            Problem::InvalidType { expected, received } => {
                map.serialize_entry("expected", expected)?;
                map.serialize_entry("received", received)?;
            }
            Problem::TooSmall { unit, minimum, exact } => {
                map.serialize_entry("type", unit)?;
                map.serialize_entry("minimum", minimum)?;
                map.serialize_entry("inclusive", &true)?;
                map.serialize_entry("exact", exact)?;
            }
            Problem::TooBig { unit, maximum, exact } => {
                map.serialize_entry("type", unit)?;
                map.serialize_entry("maximum", maximum)?;
                map.serialize_entry("inclusive", &true)?;
                map.serialize_entry("exact", exact)?;
            }
            Problem::InvalidString { validation } => map.serialize_entry("validation", validation)?,
            Problem::InvalidEnumValue { options } => map.serialize_entry("options", options)?,
            Problem::UnrecognizedKeys { keys } => map.serialize_entry("keys", keys)?,
            Problem::InvalidDate | Problem::InvalidUnion | Problem::Custom => {}
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_is_written_like_one_of_zod() {
        let issue = Issue {
            path: vec![PathSegment::Key("emails".to_owned()), PathSegment::Index(3)],
            message: "too long".to_owned(),
            problem: Problem::TooBig {
                unit: SizeUnit::String,
                maximum: 254,
                exact: false,
            },
        };
        assert_eq!(
            serde_json::to_string(&issue).unwrap(),
            r#"{"code":"too_big","path":["emails",3],"message":"too long","type":"string","maximum":254,"inclusive":true,"exact":false}"#
        );
    }
}
