//! A person in JSON: the slow way in reads what can be read of a body and reports everything about its shape that is wrong.

use proto::v1::company_link::Company;
use proto::v1::{CompanyLink, Person, PersonEntries};

use super::entries::read_entries;
use super::input::PersonInput;
use super::output::PersonJson;
use super::patch_input::patch_fast;
use crate::error::Places;
use crate::filter::CustomFieldNames;
use crate::json::{Either, Fields, Json, Path, ShapeIssues, date, list, or_null, text, texts};
use crate::records::{EntriesReader, Patch, Record, group_values, groups};

impl Record for Person {
    type Json<'a> = PersonJson<'a>;
    type Entries = PersonEntries;

    const PLACES: Places = Places(&[("id", &["personId"]), ("person.id", &["personId"])]);
    const REQUIRED_TEXTS: &'static [&'static str] = &[];
    const CUSTOM_FIELDS: CustomFieldNames = CustomFieldNames::InGroups;
    const READ_ENTRIES: Option<EntriesReader<PersonEntries>> = Some(read_entries);

    fn read(fields: &mut Fields<'_, '_>, issues: &mut ShapeIssues) -> Self {
        Self {
            id: String::new(),
            first_name: fields.read("firstName", issues, text),
            last_name: fields.read("lastName", issues, text),
            full_name: fields.read("fullName", issues, text),
            description: fields.read("description", issues, text),
            birthday: fields.read("birthday", issues, or_null(date)),
            job_title: fields.read("jobTitle", issues, text),
            groups: fields.read("groups", issues, groups),
            companies: fields.read("companies", issues, companies),
            addresses: fields.read("addresses", issues, texts),
            emails: fields.read("emails", issues, texts),
            phones: fields.read("phones", issues, texts),
            urls: fields.read("urls", issues, texts),
            custom_field_values: fields.read("customFieldValues", issues, group_values),
            create_time: None,
            update_time: None,
            created_by: None,
            interaction_metadata: None,
            strongest_connections: Vec::new(),
            etag: String::new(),
        }
    }

    fn read_fast(text: &str) -> Option<Self> {
        PersonInput::parse(text).map(Self::from)
    }

    fn read_patch_fast(text: &str) -> Option<Patch<Self>> {
        patch_fast(text)
    }

    fn etag(&self) -> &str {
        &self.etag
    }
}

pub(super) fn companies(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<Vec<CompanyLink>> {
    list(value, path, issues, company)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use crate::records::read_record;

    fn read(body: &str) -> (Person, String) {
        let mut issues = ShapeIssues::default();
        let person = read_record(&parse(body).unwrap(), Path::Request, &mut issues).unwrap();
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
