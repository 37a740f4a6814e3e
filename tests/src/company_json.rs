//! The documented JSON of companies as protobuf and back, for the tests, as [`crate::person_json`] is of people.

use proto::v1::{Company, CompanyEntries, UpdateCompanyRequest};
use serde_json::{Value, json};

use crate::person_json::{
    date, group, group_values, iso, items, shown_groups, snake, text, texts, time, user,
};

const RANGES: [&str; 9] = [
    "",
    "1-10",
    "11-50",
    "51-200",
    "201-500",
    "501-1000",
    "1001-5000",
    "5001-10000",
    "10000+",
];

/// A body of the documented form; anything else cannot be said in protobuf.
pub(crate) fn to_proto(body: &Value) -> Company {
    let mut company = Company::default();
    for (key, value) in body.as_object().expect("an object") {
        match key.as_str() {
            "name" => company.name = text(value),
            "description" => company.description = text(value),
            "fundingRaised" => company.funding_raised = digits(value),
            "lastFundingDate" => company.last_funding_date = value.as_str().map(date),
            "industry" => company.industry = value.as_str().unwrap_or_default().to_owned(),
            "foundationYear" => {
                company.foundation_year = match digits(value).as_str() {
                    "" => 0,
                    year => year.parse().expect("a year"),
                }
            }
            "employeeRange" => {
                let range = value.as_str().unwrap_or_default();
                let number = RANGES.iter().position(|one| *one == range);
                // One that there is not has a number that is none.
                company.employee_range = number.map_or(99, |number| i32::try_from(number).expect("few"));
            }
            "groups" => company.groups = items(value).iter().map(group).collect(),
            "addresses" => company.addresses = texts(value),
            "emails" => company.emails = texts(value),
            "phones" => company.phones = texts(value),
            "urls" => company.urls = texts(value),
            "customFieldValues" => {
                let groups = value.as_object().expect("an object");
                company.custom_field_values = groups.iter().map(group_values).collect();
            }
            other => panic!("{other} is no field of a company in protobuf"),
        }
    }
    company
}

/// A number or a text as text; nothing for null.
fn digits(value: &Value) -> String {
    if value.is_null() {
        return String::new();
    }
    value.as_number().map_or_else(|| text(value), ToString::to_string)
}

/// A PATCH of the documented form: the mask holds what is there.
pub(crate) fn update(id: &str, patch: &Value) -> UpdateCompanyRequest {
    let mut fields = patch.as_object().expect("an object").clone();
    let (add, remove) = (fields.remove("add"), fields.remove("remove"));
    let paths = fields.keys().map(|key| snake(key)).collect();
    let company = Company {
        id: id.to_owned(),
        ..to_proto(&Value::Object(fields))
    };
    UpdateCompanyRequest {
        company: Some(company),
        update_mask: Some(prost_types::FieldMask { paths }),
        add: add.as_ref().map(entries),
        remove: remove.as_ref().map(entries),
        validate_only: false,
    }
}

fn entries(value: &Value) -> CompanyEntries {
    let Company {
        groups,
        addresses,
        emails,
        phones,
        urls,
        ..
    } = to_proto(value);
    CompanyEntries {
        groups,
        addresses,
        emails,
        phones,
        urls,
    }
}

/// The documented form of an answer.
pub(crate) fn from_proto(company: Company) -> Value {
    let known = |text: String| (!text.is_empty()).then_some(text);
    let range = RANGES[usize::try_from(company.employee_range).expect("a range")];
    json!({
        "id": company.id,
        "name": company.name,
        "description": company.description,
        "fundingRaised": known(company.funding_raised),
        "lastFundingDate": company.last_funding_date.map(iso),
        "industry": known(company.industry),
        "foundationYear": (company.foundation_year != 0).then(|| company.foundation_year.to_string()),
        "employeeRange": known(range.to_owned()),
        "createdAt": time(company.create_time),
        "createdBy": user(company.created_by.expect("a creator")),
        "groups": company.groups.into_iter()
            .map(|group| json!({"id": group.id, "name": group.name})).collect::<Vec<_>>(),
        "addresses": company.addresses,
        "emails": company.emails,
        "phones": company.phones,
        "urls": company.urls,
        "customFieldValues": shown_groups(company.custom_field_values),
    })
}
