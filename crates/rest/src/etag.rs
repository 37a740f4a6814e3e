//! The version of a record: `ETag` on the way out, `If-Match` on the way in.

use http::{HeaderMap, HeaderValue, header};

use crate::error::Problem;
use crate::json::{Path, ShapeIssues};

/// An etag as a header; nothing for one that does not fit into it, which the core's do.
pub(crate) fn etag_header(etag: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{etag}\"")).ok()
}

/// The etag that the record must have; empty for no condition, which `*` is too: the record must exist anyway.
///
/// A weak etag is taken for the strong one, since proxies that compress answers weaken them. Several are refused: a record
/// has had one at a time, and a caller has seen the last.
pub(crate) fn if_match(headers: &HeaderMap, issues: &mut ShapeIssues) -> String {
    let mut values = headers.get_all(header::IF_MATCH).iter();
    let etag = match (values.next(), values.next()) {
        (None, _) => return String::new(),
        (Some(one), None) => one.to_str().ok().and_then(read),
        (Some(_), Some(_)) => None,
    };
    if etag.is_none() {
        issues.add(
            Path::Key(&Path::Request, "If-Match"),
            Problem::Custom,
            "If-Match takes one etag in double quotes, as the header ETag gives it, or *",
        );
    }
    etag.unwrap_or_default()
}

fn read(value: &str) -> Option<String> {
    let value = value.trim();
    if value == "*" {
        return Some(String::new());
    }
    let quoted = value.strip_prefix("W/").unwrap_or(value);
    let etag = quoted.strip_prefix('"')?.strip_suffix('"')?;
    // The core takes an empty one for none at all.
    (!etag.is_empty() && !etag.contains('"')).then(|| etag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_etag_is_read_in_each_of_its_forms() {
        for (value, expected) in [
            ("\"a1\"", Some("a1")),
            ("W/\"a1\"", Some("a1")),
            ("*", Some("")),
            ("a1", None),
            ("\"\"", None),
            ("\"", None),
            ("\"a\", \"b\"", None),
            ("w/\"a\"", None),
        ] {
            assert_eq!(read(value).as_deref(), expected, "{value}");
        }
    }
}
