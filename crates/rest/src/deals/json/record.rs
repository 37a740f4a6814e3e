//! A deal in JSON.

use std::convert::Infallible;

use proto::v1::{Deal, DealCompany, DealPerson};

use super::output::DealJson;
use crate::error::Places;
use crate::filter::CustomFieldNames;
use crate::json::{Fields, Json, Path, ShapeIssues, text};
use crate::records::{EntriesReader, Record, custom_values, ids};

impl Record for Deal {
    type Json<'a> = DealJson<'a>;
    type Entries = Infallible;

    const PLACES: Places = Places(&[("id", &["objectId"]), ("deal.id", &["objectId"])]);
    const REQUIRED_TEXTS: &'static [&'static str] = &["name"];
    const CUSTOM_FIELDS: CustomFieldNames = CustomFieldNames::Alone;
    const READ_ENTRIES: Option<EntriesReader<Infallible>> = None;

    fn read(fields: &mut Fields<'_, '_>, issues: &mut ShapeIssues) -> Self {
        Self {
            id: String::new(),
            group_id: String::new(),
            object_type: String::new(),
            name: fields.read("name", issues, text),
            companies: fields.read("companies", issues, companies),
            people: fields.read("people", issues, people),
            custom_field_values: fields.read("customFieldValues", issues, custom_values),
            create_time: None,
            update_time: None,
            created_by: None,
            etag: String::new(),
        }
    }

    fn etag(&self) -> &str {
        &self.etag
    }
}

fn companies(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Vec<DealCompany>> {
    let companies = ids(value, path, issues)?.into_iter().map(|id| DealCompany {
        id,
        name: String::new(),
    });
    Some(companies.collect())
}

fn people(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Vec<DealPerson>> {
    let people = ids(value, path, issues)?.into_iter().map(|id| DealPerson {
        id,
        full_name: String::new(),
    });
    Some(people.collect())
}
