//! A company in JSON.

use proto::v1::{Company, CompanyEntries};

use super::employee_range::employee_range;
use super::entries::read_entries;
use super::foundation_year::foundation_year;
use super::output::CompanyJson;
use crate::error::Places;
use crate::filter::CustomFieldNames;
use crate::json::{Fields, ShapeIssues, date, decimal, or_null, text, texts};
use crate::records::{EntriesReader, Record, group_values, groups};

impl Record for Company {
    type Json<'a> = CompanyJson<'a>;
    type Entries = CompanyEntries;

    const PLACES: Places = Places(&[("id", &["companyId"]), ("company.id", &["companyId"])]);
    const REQUIRED_TEXTS: &'static [&'static str] = &["name"];
    const CUSTOM_FIELDS: CustomFieldNames = CustomFieldNames::InGroups;
    const READ_ENTRIES: Option<EntriesReader<CompanyEntries>> = Some(read_entries);

    fn read(fields: &mut Fields<'_, '_>, issues: &mut ShapeIssues) -> Self {
        Self {
            id: String::new(),
            name: fields.read("name", issues, text),
            description: fields.read("description", issues, text),
            funding_raised: fields.read("fundingRaised", issues, or_null(decimal)),
            last_funding_date: fields.read("lastFundingDate", issues, or_null(date)),
            industry: fields.read("industry", issues, or_null(text)),
            foundation_year: fields.read("foundationYear", issues, or_null(foundation_year)),
            employee_range: fields.read("employeeRange", issues, or_null(employee_range)),
            groups: fields.read("groups", issues, groups),
            addresses: fields.read("addresses", issues, texts),
            emails: fields.read("emails", issues, texts),
            phones: fields.read("phones", issues, texts),
            urls: fields.read("urls", issues, texts),
            custom_field_values: fields.read("customFieldValues", issues, group_values),
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
