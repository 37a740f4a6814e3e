//! A JSON text as a tree that keeps what others lose: the text of numbers, the order of keys, and that a key came twice.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::pairs::{Pairs, RepeatedAllowed, Text};

/// How deep lists and objects may lie in each other, the body itself included. What the API takes is at most 6 deep.
const DEPTH_LIMIT: usize = 32;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// As it was written.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// Keys are unique.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Why a text is not taken for JSON.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum JsonError {
    /// It is none. What is wrong, and where as far as that is known.
    Syntax(String),
    /// An object has this key twice.
    RepeatedKey(String),
    /// Lists and objects lie too deep in each other.
    TooDeep,
}

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        Self::Syntax(error.to_string())
    }
}

impl std::fmt::Display for JsonError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Syntax(what) => write!(f, "the body is not JSON: {what}"),
            Self::RepeatedKey(key) => write!(f, "the body has the key {key:?} twice in one object"),
            Self::TooDeep => write!(f, "the body is nested deeper than {DEPTH_LIMIT} levels"),
        }
    }
}

/// Reads a whole text.
pub(crate) fn parse(text: &str) -> Result<Json<'_>, JsonError> {
    // Looks over everything without recursion, so that errors of syntax tell their line and column.
    let raw: &RawValue = serde_json::from_str(text)?;
    value(raw.get(), DEPTH_LIMIT)
}

/// `text` is one value whose brackets are known to match.
fn value(text: &str, depth: usize) -> Result<Json<'_>, JsonError> {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    Ok(match text.as_bytes().first() {
        Some(b'"') => {
            let Text(text) = serde_json::from_str(text)?;
            Json::Text(text)
        }
        Some(b'{') => {
            let depth = depth.checked_sub(1).ok_or(JsonError::TooDeep)?;
            let RepeatedAllowed::<&RawValue>(pairs) = serde_json::from_str(text)?;
            if let Some(key) = pairs.repeated_key() {
                return Err(JsonError::RepeatedKey(key.chars().take(100).collect()));
            }
            let Pairs(pairs) = pairs;
            let values = pairs
                .into_iter()
                .map(|(key, raw)| Ok((key, value(raw.get(), depth)?)));
            Json::Object(values.collect::<Result<_, JsonError>>()?)
        }
        Some(b'[') => {
            let depth = depth.checked_sub(1).ok_or(JsonError::TooDeep)?;
            let entries: Vec<&RawValue> = serde_json::from_str(text)?;
            let values = entries.into_iter().map(|raw| value(raw.get(), depth));
            Json::List(values.collect::<Result<_, JsonError>>()?)
        }
        Some(b't') => Json::Bool(true),
        Some(b'f') => Json::Bool(false),
        Some(b'n') => Json::Null,
        Some(_) | None => Json::Number(text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_the_order_of_keys_are_kept() {
        assert_eq!(
            parse(r#" {"b": 1.50E+2, "a": [null, true, "\u00e9"]} "#),
            Ok(Json::Object(vec![
                ("b".into(), Json::Number("1.50E+2")),
                (
                    "a".into(),
                    Json::List(vec![Json::Null, Json::Bool(true), Json::Text("é".into())])
                ),
            ]))
        );
    }

    #[test]
    fn a_repeated_key_is_found_at_any_depth_and_in_any_spelling() {
        for text in [r#"{"a":1,"a":1}"#, r#"[{"x":{"a":1,"\u0061":2}}]"#] {
            assert_eq!(parse(text), Err(JsonError::RepeatedKey("a".to_owned())), "{text}");
        }
    }

    #[test]
    fn depth_is_bounded_and_never_overflows() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(DEPTH_LIMIT)).is_ok());
        assert_eq!(parse(&nested(DEPTH_LIMIT + 1)), Err(JsonError::TooDeep));
        assert_eq!(parse(&nested(500_000)), Err(JsonError::TooDeep));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            "{",
            "nul",
            "1 2",
            r#""\ud800""#,
            r#"{"\udc00":1}"#,
            r#"[{"a":["\ud800x"]}]"#,
            "01",
            "{\"a\":1,}",
            "\u{feff}{}",
            "\"\u{1}\"",
        ] {
            assert!(matches!(parse(text), Err(JsonError::Syntax(_))), "{text}");
        }
    }
}
