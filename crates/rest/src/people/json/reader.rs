//! The slow way in: reads what can be read of a body and reports everything about its shape that is wrong.

use proto::v1::company_link::Company;
use proto::v1::{CompanyLink, CustomValue, Date, FieldValue, GroupLink, GroupValues, Person};

use super::custom_value_reader::custom_value;
use crate::date;
use crate::error::Problem;
use crate::json::{Either, Fields, Json, Path, ShapeIssues, list, map, text};

/// Reads a person; what cannot be read is left out, in lists replaced by something empty.
pub(in crate::people) fn read_person(body: &Json<'_>, issues: &mut ShapeIssues) -> Person {
    person(body, Path::Request, issues).unwrap_or_default()
}

/// Reads a person anywhere in a body.
pub(super) fn person(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Person> {
    let mut fields = Fields::of(value, path, issues)?;
    let person = person_fields(&mut fields, issues);
    fields.finish(issues);
    Some(person)
}

/// Reads the fields of a person; the object may have others.
pub(super) fn person_fields(fields: &mut Fields<'_, '_>, issues: &mut ShapeIssues) -> Person {
    Person {
        id: String::new(),
        first_name: fields.read("firstName", issues, text),
        last_name: fields.read("lastName", issues, text),
        full_name: fields.read("fullName", issues, text),
        description: fields.read("description", issues, text),
        birthday: fields.read("birthday", issues, birthday),
        job_title: fields.read("jobTitle", issues, text),
        groups: fields.read("groups", issues, groups),
        companies: fields.read("companies", issues, companies),
        addresses: fields.read("addresses", issues, texts),
        emails: fields.read("emails", issues, texts),
        phones: fields.read("phones", issues, texts),
        urls: fields.read("urls", issues, texts),
        custom_field_values: fields.read("customFieldValues", issues, custom_field_values),
        create_time: None,
        update_time: None,
        created_by: None,
        interaction_metadata: None,
        strongest_connections: Vec::new(),
        etag: String::new(),
    }
}

pub(super) fn texts(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Vec<String>> {
    list(value, path, issues, text)
}

pub(super) fn groups(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Vec<GroupLink>> {
    list(value, path, issues, group)
}

pub(super) fn companies(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<Vec<CompanyLink>> {
    list(value, path, issues, company)
}

/// A date, or `null` for none.
fn birthday(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Option<Date>> {
    if *value == Json::Null {
        return Some(None);
    }
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

fn group(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<GroupLink> {
    let mut fields = Fields::of(value, path, issues)?;
    let id = fields.required_text("id", issues);
    fields.finish(issues);
    Some(GroupLink {
        id: id?,
        name: String::new(),
    })
}

fn company(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<CompanyLink> {
    let mut fields = Fields::of(value, path, issues)?;
    let company = fields.either_text("id", "name", issues);
    fields.finish(issues);
    let company = match company? {
        Either::First(id) => Company::Id(id),
        Either::Second(name) => Company::Name(name),
    };
    Some(CompanyLink {
        company: Some(company),
        display_name: String::new(),
    })
}

fn custom_field_values(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<Vec<GroupValues>> {
    let groups = map(value, path, issues, |value, path, issues| {
        map(value, path, issues, custom_value)
    })?;
    Some(groups.into_iter().map(group_values).collect())
}

fn group_values((group_id, values): (String, Vec<(String, CustomValue)>)) -> GroupValues {
    let values = values
        .into_iter()
        .map(|(name, value)| FieldValue {
            name,
            value: Some(value),
        })
        .collect();
    GroupValues { group_id, values }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn read(body: &str) -> (Person, String) {
        let mut issues = ShapeIssues::default();
        let person = read_person(&parse(body).unwrap(), &mut issues);
        (
            person,
            serde_json::to_string(&issues.with_core_issues(Vec::new())).unwrap(),
        )
    }

    /// The issues without their messages, which are for people.
    fn issues(body: &str) -> serde_json::Value {
        let mut issues: Vec<serde_json::Value> = serde_json::from_str(&read(body).1).unwrap();
        for issue in &mut issues {
            issue.as_object_mut().unwrap().remove("message");
        }
        issues.into()
    }

    #[test]
    fn every_problem_is_reported_at_its_path() {
        let body =
            r#"{"firstName": null, "emails": ["a", 1], "groups": {}, "age": 3, "birthday": "1.1.1990"}"#;
        assert_eq!(
            issues(body),
            serde_json::json!([
                {"code": "invalid_type", "path": ["firstName"], "expected": "string", "received": "null"},
                {"code": "invalid_date", "path": ["birthday"]},
                {"code": "invalid_type", "path": ["groups"], "expected": "array", "received": "object"},
                {"code": "invalid_type", "path": ["emails", 1], "expected": "string", "received": "number"},
                {"code": "unrecognized_keys", "path": [], "keys": ["age"]},
            ])
        );
    }

    #[test]
    fn unreadable_entries_keep_the_places_of_the_others() {
        let (person, _) =
            read(r#"{"emails": [1, "b"], "groups": [{}, {"id": "g"}], "companies": [7, {"id": "c"}]}"#);
        assert_eq!(person.emails, ["", "b"]);
        assert_eq!(person.groups[1].id, "g");
        assert_eq!(person.companies[1].company, Some(Company::Id("c".to_owned())));
    }

    #[test]
    fn a_company_has_exactly_one_of_id_and_name() {
        for body in [
            r#"{"companies": [{}]}"#,
            r#"{"companies": [{"id": "c", "name": "n"}]}"#,
        ] {
            assert_eq!(
                issues(body),
                serde_json::json!([{"code": "invalid_union", "path": ["companies", 0]}])
            );
        }
    }

    #[test]
    fn a_link_needs_its_id() {
        assert_eq!(
            issues(r#"{"groups": [{}]}"#),
            serde_json::json!([
                {"code": "invalid_type", "path": ["groups", 0, "id"], "expected": "string", "received": "undefined"}
            ])
        );
    }

    #[test]
    fn custom_values_keep_their_shape_and_numbers_their_text() {
        use proto::v1::custom_value::Kind;
        let body = r#"{"customFieldValues": {"g": {"a": 1.50, "b": true, "c": [1], "d": [], "e": {}}}}"#;
        let (person, issues) = read(body);
        assert_eq!(issues, "[]");
        let kinds: Vec<_> = person.custom_field_values[0]
            .values
            .iter()
            .map(|v| v.value.clone().unwrap().kind.unwrap())
            .collect();
        assert_eq!(
            kinds,
            [
                Kind::Number("1.50".to_owned()),
                Kind::Other("boolean".to_owned()),
                Kind::Other("array".to_owned()),
                Kind::Texts(proto::v1::custom_value::Texts { items: Vec::new() }),
                Kind::Other("object".to_owned()),
            ]
        );
    }

    #[test]
    fn the_first_entry_decides_what_a_list_is_of() {
        assert_eq!(
            issues(
                r#"{"customFieldValues": {"g": {"f": ["a", {}], "h": [{"id": "x"}, "a", {"id": "y", "z": 1}]}}}"#
            ),
            serde_json::json!([
                {"code": "invalid_type", "path": ["customFieldValues", "g", "f", 1], "expected": "string", "received": "object"},
                {"code": "invalid_type", "path": ["customFieldValues", "g", "h", 1], "expected": "object", "received": "string"},
                {"code": "unrecognized_keys", "path": ["customFieldValues", "g", "h", 2], "keys": ["z"]},
            ])
        );
    }
}
