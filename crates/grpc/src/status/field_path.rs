//! Paths as google.rpc.BadRequest writes them: `person.emails[3]`.

use std::fmt::Write as _;

use domain::Segment;

/// The path as one text; a key that the caller chose stands in brackets and quotes.
pub(super) fn text(path: &[Segment]) -> String {
    let mut text = String::new();
    for segment in path {
        // Writing into a String cannot fail.
        let _ = match segment {
            Segment::Field(name) if text.is_empty() => write!(text, "{name}"),
            Segment::Field(name) => write!(text, ".{name}"),
            Segment::Index(index) => write!(text, "[{index}]"),
            Segment::Key(key) => {
                write!(text, "[\"{}\"]", key.replace('\\', "\\\\").replace('"', "\\\""))
            }
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_positions_and_keys_are_told_apart() {
        let path = [
            Segment::Field("person"),
            Segment::Field("custom_field_values"),
            Segment::Key("grp_1".to_owned()),
            Segment::Key(r#"a "b\c"#.to_owned()),
            Segment::Index(3),
            Segment::Field("id"),
        ];
        assert_eq!(
            text(&path),
            r#"person.custom_field_values["grp_1"]["a \"b\\c"][3].id"#
        );
    }

    #[test]
    fn the_request_itself_has_the_empty_path() {
        assert_eq!(text(&[]), "");
    }
}
