//! From the core's violations to issues at the places that a REST caller knows.

use proto::v1::Violation;
use proto::v1::violation::{Segment, segment::Kind};

use super::{Issue, PathSegment, violation};

/// Where the fields of the core's request were written, by their dotted paths; all that lies under them goes along. The
/// first that fits holds. Other fields have the core's name in protobuf's own JSON form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places(pub(crate) &'static [(&'static str, &'static [&'static str])]);

/// The places that are the same for every operation. What gRPC callers wrap in a field, REST callers send as the body.
const EVERYWHERE: Places = Places(&[
    ("person.etag", &["If-Match"]),
    ("company.etag", &["If-Match"]),
    ("deal.etag", &["If-Match"]),
    ("etag", &["If-Match"]),
    ("request_id", &["Idempotency-Key"]),
    ("page_size", &["limit"]),
    ("page_token", &["cursor"]),
    ("person", &[]),
    ("company", &[]),
    ("deal", &[]),
    ("group", &[]),
    ("custom_field", &[]),
    ("user", &[]),
    ("api_key", &[]),
    ("interaction", &[]),
]);

/// What is said of a cursor that this service did not make.
pub(crate) const NO_CURSOR: &str = "the cursor is none of this list; follow nextLink as it was answered";

/// Makes an issue of a violation.
pub(crate) trait Translate: Sync {
    fn issue(&self, violation: Violation) -> Issue;
}

impl Translate for Places {
    fn issue(&self, violation: Violation) -> Issue {
        let mut issue = violation::issue(violation, |segments| self.path(segments));
        if matches!(issue.path.as_slice(), [PathSegment::Key(only)] if only == "cursor") {
            // The core speaks of page tokens.
            NO_CURSOR.clone_into(&mut issue.message);
        }
        issue
    }
}

impl Places {
    fn path(self, segments: Vec<Segment>) -> Vec<PathSegment> {
        let kinds: Vec<Kind> = segments.into_iter().filter_map(|Segment { kind }| kind).collect();
        let place = self.of(&kinds).or_else(|| EVERYWHERE.of(&kinds));
        let (length, written) = place.unwrap_or((0, &[]));
        let written = written.iter().map(|key| PathSegment::Key((*key).to_owned()));
        written.chain(kinds.into_iter().skip(length).map(step)).collect()
    }

    /// The entry that fits: how many steps it stands for, and what they are written as.
    fn of(self, kinds: &[Kind]) -> Option<(usize, &'static [&'static str])> {
        let Self(table) = self;
        table.iter().find_map(|(core, written)| {
            let names = || core.split('.');
            let fits = kinds.len() >= names().count()
                && names()
                    .zip(kinds)
                    .all(|(name, kind)| matches!(kind, Kind::Field(field) if field == name));
            fits.then(|| (names().count(), *written))
        })
    }
}

fn step(kind: Kind) -> PathSegment {
    match kind {
        Kind::Field(name) => PathSegment::Key(lower_camel_case(&name)),
        Kind::Index(index) => PathSegment::Index(index),
        Kind::Key(key) => PathSegment::Key(key),
    }
}

/// protobuf's own mapping of names: `job_title` is `jobTitle` in JSON.
pub(crate) fn lower_camel_case(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    let mut upper = false;
    for letter in name.chars() {
        if letter == '_' {
            upper = true;
        } else if upper {
            result.push(letter.to_ascii_uppercase());
            upper = false;
        } else {
            result.push(letter);
        }
    }
    result
}

/// The other way: `jobTitle` is `job_title` in protobuf.
pub(crate) fn snake_case(name: &str) -> String {
    let mut result = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            result.push('_');
        }
        result.push(letter.to_ascii_lowercase());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(places: Places, kinds: Vec<Kind>) -> String {
        let segments = kinds
            .into_iter()
            .map(|kind| Segment { kind: Some(kind) })
            .collect();
        serde_json::to_string(&places.path(segments)).unwrap()
    }

    fn field(name: &str) -> Kind {
        Kind::Field(name.to_owned())
    }

    #[test]
    fn fields_are_camel_case_and_keys_as_they_are() {
        let kinds = vec![
            field("person"),
            field("custom_field_values"),
            Kind::Key("grp_1".to_owned()),
            Kind::Key("a_b".to_owned()),
            Kind::Index(2),
            field("id"),
        ];
        assert_eq!(
            path(Places(&[]), kinds),
            r#"["customFieldValues","grp_1","a_b",2,"id"]"#
        );
    }

    #[test]
    fn only_the_wrapper_of_the_body_is_left_out() {
        let kinds = vec![field("people"), Kind::Index(3), field("person")];
        assert_eq!(path(Places(&[]), kinds), r#"["people",3,"person"]"#);
        assert_eq!(
            path(Places(&[]), vec![field("group"), field("group")]),
            r#"["group"]"#
        );
    }

    #[test]
    fn an_operation_has_places_of_its_own() {
        const PLACES: Places = Places(&[
            ("interaction.entity_id", &["entity", "id"]),
            ("id", &["personId"]),
        ]);
        assert_eq!(path(PLACES, vec![field("id")]), r#"["personId"]"#);
        assert_eq!(
            path(PLACES, vec![field("interaction"), field("entity_id")]),
            r#"["entity","id"]"#
        );
        assert_eq!(
            path(PLACES, vec![field("interaction"), field("title")]),
            r#"["title"]"#
        );
        assert_eq!(path(PLACES, vec![field("request_id")]), r#"["Idempotency-Key"]"#);
    }

    #[test]
    fn names_translate_both_ways() {
        assert_eq!(snake_case("customFieldValues"), "custom_field_values");
        assert_eq!(lower_camel_case("custom_field_values"), "customFieldValues");
    }
}
