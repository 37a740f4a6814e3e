//! From paths into protobuf messages to paths into what a REST caller wrote.

use proto::v1::violation::{Segment, segment::Kind};

use super::PathSegment;

/// The path that a REST caller knows. `id_name` is what REST calls the request's own field `id`.
pub(super) fn json_path(segments: Vec<Segment>, id_name: &str) -> Vec<PathSegment> {
    let mut path: Vec<PathSegment> = segments
        .into_iter()
        .filter_map(|Segment { kind }| step(kind?))
        .collect();
    if let [PathSegment::Key(only)] = path.as_mut_slice()
        && only == "id"
    {
        id_name.clone_into(only);
    }
    // The body is the person: what gRPC callers wrap in a field, REST callers send as it is.
    if matches!(path.first(), Some(PathSegment::Key(first)) if first == "person") {
        path.remove(0);
    }
    path
}

fn step(kind: Kind) -> Option<PathSegment> {
    Some(match kind {
        Kind::Field(name) => PathSegment::Key(lower_camel_case(&name)),
        Kind::Index(index) => PathSegment::Index(index),
        Kind::Key(key) => PathSegment::Key(key),
    })
}

/// protobuf's own mapping of names: `job_title` is `jobTitle` in JSON.
fn lower_camel_case(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str) -> Segment {
        Segment {
            kind: Some(Kind::Field(name.to_owned())),
        }
    }

    fn key(name: &str) -> Segment {
        Segment {
            kind: Some(Kind::Key(name.to_owned())),
        }
    }

    #[test]
    fn fields_are_camel_case_and_keys_as_they_are() {
        let index = Segment {
            kind: Some(Kind::Index(2)),
        };
        let path = vec![
            field("person"),
            field("custom_field_values"),
            key("grp_1"),
            key("a_b"),
            index,
            field("id"),
        ];
        assert_eq!(
            serde_json::to_string(&json_path(path, "personId")).unwrap(),
            r#"["customFieldValues","grp_1","a_b",2,"id"]"#
        );
    }

    #[test]
    fn the_id_of_the_request_has_the_name_of_the_route() {
        assert_eq!(
            json_path(vec![field("id")], "personId"),
            [PathSegment::Key("personId".to_owned())]
        );
    }
}
