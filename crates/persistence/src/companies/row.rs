//! A row of the table `companies`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types;
use domain::{
    CompanyId, CompanyProfile, ContactDetails, Date, Decimal, EmployeeRange, FoundationYear, Name, NameKey,
    Text,
};
use serde::Serialize;
use uuid::Uuid;

use super::name_key_hex;
use crate::Error;
use crate::records::{Stored, contact};
use crate::statement::row_within;

/// Every column but the workspace's, which is a parameter of its own, and what is made from others.
#[derive(Debug, Serialize)]
pub(crate) struct CompanyRow {
    pub(super) id: Uuid,
    name: String,
    description: String,
    /// As text: neither a number of JSON nor one of Rust holds all digits.
    funding_raised: Option<String>,
    last_funding_date: Option<NaiveDate>,
    industry: Option<String>,
    foundation_year: Option<i16>,
    employee_range: Option<String>,
    addresses: Vec<String>,
    emails: Vec<String>,
    phones: Vec<String>,
    urls: Vec<String>,
    created_at: DateTime<Utc>,
    created_by: Uuid,
    updated_at: DateTime<Utc>,
    version: i64,
}

// In the order of `shown.sql`.
row_within!(CompanyRow {
    id: sql_types::Uuid,
    name: sql_types::Text,
    description: sql_types::Text,
    funding_raised: sql_types::Nullable<sql_types::Text>,
    last_funding_date: sql_types::Nullable<sql_types::Date>,
    industry: sql_types::Nullable<sql_types::Text>,
    foundation_year: sql_types::Nullable<sql_types::SmallInt>,
    employee_range: sql_types::Nullable<sql_types::Text>,
    addresses: sql_types::Array<sql_types::Text>,
    emails: sql_types::Array<sql_types::Text>,
    phones: sql_types::Array<sql_types::Text>,
    urls: sql_types::Array<sql_types::Text>,
    created_at: sql_types::Timestamptz,
    created_by: sql_types::Uuid,
    updated_at: sql_types::Timestamptz,
    version: sql_types::BigInt,
});

/// A row with the columns that are made anew with every write.
#[derive(Debug, Serialize)]
pub(super) struct WrittenRow {
    #[serde(flatten)]
    row: CompanyRow,
    name_key: String,
    email_keys: Vec<String>,
}

impl WrittenRow {
    pub(super) fn new(record: Stored<CompanyId>, profile: &CompanyProfile) -> Self {
        Self {
            row: CompanyRow::new(record, profile),
            name_key: name_key_hex(&NameKey::new(profile.name.as_str())),
            email_keys: contact::email_keys(&profile.contact),
        }
    }
}

impl CompanyRow {
    pub(super) fn new(record: Stored<CompanyId>, profile: &CompanyProfile) -> Self {
        let Stored {
            id,
            created_at,
            created_by,
            updated_at,
            version,
        } = record;
        let CompanyProfile {
            name,
            description,
            funding_raised,
            last_funding_date,
            industry,
            foundation_year,
            employee_range,
            contact,
        } = profile;
        let ContactDetails {
            addresses,
            emails,
            phones,
            urls,
        } = contact;
        Self {
            id: id.uuid(),
            name: name.as_str().to_owned(),
            description: description.as_str().to_owned(),
            funding_raised: funding_raised.as_ref().map(|number| number.as_str().to_owned()),
            last_funding_date: last_funding_date.map(Date::naive),
            industry: Some(industry.as_str().to_owned()).filter(|industry| !industry.is_empty()),
            foundation_year: foundation_year.map(FoundationYear::get),
            employee_range: employee_range.map(|range| range.as_str().to_owned()),
            addresses: addresses.as_slice().to_vec(),
            emails: emails.as_slice().to_vec(),
            phones: phones.as_slice().to_vec(),
            urls: urls.as_slice().to_vec(),
            created_at,
            created_by: created_by.uuid(),
            updated_at,
            version,
        }
    }

    pub(super) fn read(self) -> Result<(Stored<CompanyId>, CompanyProfile), Error> {
        let Self {
            id,
            name,
            description,
            funding_raised,
            last_funding_date,
            industry,
            foundation_year,
            employee_range,
            addresses,
            emails,
            phones,
            urls,
            created_at,
            created_by,
            updated_at,
            version,
        } = self;
        let column = |column| Error::Inconsistent {
            table: "companies",
            column,
            row: id,
        };
        let funding_raised = funding_raised
            .map(|text| Decimal::from_stored(text).ok_or_else(|| column("funding_raised")))
            .transpose()?;
        let last_funding_date = last_funding_date
            .map(|date| Date::from_naive(date).ok_or_else(|| column("last_funding_date")))
            .transpose()?;
        let foundation_year = foundation_year
            .map(|year| FoundationYear::from_stored(year).ok_or_else(|| column("foundation_year")))
            .transpose()?;
        let employee_range = employee_range
            .map(|name| EmployeeRange::parse(&name).ok_or_else(|| column("employee_range")))
            .transpose()?;
        let profile = CompanyProfile {
            name: Name::from_stored(name).ok_or_else(|| column("name"))?,
            description: Text::from_stored(description).ok_or_else(|| column("description"))?,
            funding_raised,
            last_funding_date,
            industry: Text::from_stored(industry.unwrap_or_default()).ok_or_else(|| column("industry"))?,
            foundation_year,
            employee_range,
            contact: contact::read([addresses, emails, phones, urls], column)?,
        };
        let record = Stored {
            id: id.into(),
            created_at,
            created_by: created_by.into(),
            updated_at,
            version,
        };
        Ok((record, profile))
    }
}
