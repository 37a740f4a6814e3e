//! Companies on their way out: every key is always there.

use proto::v1::Company;
use serde::Serialize;

use super::employee_range::range_name;
use super::foundation_year::year_text;
use crate::date;
use crate::record_json::NamedJson;
use crate::records::GroupsJson;
use crate::time::iso_time;
use crate::users::UserJson;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompanyJson<'a> {
    id: &'a str,
    name: &'a str,
    description: &'a str,
    funding_raised: Option<&'a str>,
    last_funding_date: Option<String>,
    industry: Option<&'a str>,
    foundation_year: Option<String>,
    employee_range: Option<&'static str>,
    created_at: Option<String>,
    created_by: Option<UserJson<'a>>,
    groups: Vec<NamedJson<'a>>,
    addresses: &'a [String],
    emails: &'a [String],
    phones: &'a [String],
    urls: &'a [String],
    custom_field_values: GroupsJson<'a>,
}

impl<'a> From<&'a Company> for CompanyJson<'a> {
    fn from(company: &'a Company) -> Self {
        let range = company.employee_range();
        let Company {
            id,
            name,
            description,
            funding_raised,
            last_funding_date,
            industry,
            foundation_year,
            employee_range: _,
            groups,
            addresses,
            emails,
            phones,
            urls,
            custom_field_values,
            create_time,
            update_time: _,
            created_by,
            etag: _,
        } = company;
        let known = |text: &'a String| (!text.is_empty()).then_some(text.as_str());
        Self {
            id,
            name,
            description,
            funding_raised: known(funding_raised),
            last_funding_date: last_funding_date.as_ref().map(date::format),
            industry: known(industry),
            foundation_year: year_text(*foundation_year),
            employee_range: range_name(range),
            created_at: create_time.as_ref().and_then(iso_time),
            created_by: created_by.as_ref().map(UserJson::from),
            groups: groups.iter().map(NamedJson::from).collect(),
            addresses,
            emails,
            phones,
            urls,
            custom_field_values: GroupsJson(custom_field_values),
        }
    }
}
