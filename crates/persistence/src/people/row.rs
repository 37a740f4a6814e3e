//! A row of the table `people`.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types;
use domain::{ContactDetails, Date, FullName, PersonId, PersonProfile, Text};
use serde::Serialize;
use uuid::Uuid;

use crate::Error;
use crate::records::{Stored, contact};
use crate::statement::row_within;

/// Every column but the workspace's, which is a parameter of its own, and what is made from others.
#[derive(Debug, Serialize)]
pub(crate) struct PersonRow {
    pub(super) id: Uuid,
    first_name: String,
    last_name: String,
    full_name: String,
    full_name_given: bool,
    description: String,
    birthday: Option<NaiveDate>,
    job_title: String,
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
row_within!(PersonRow {
    id: sql_types::Uuid,
    first_name: sql_types::Text,
    last_name: sql_types::Text,
    full_name: sql_types::Text,
    full_name_given: sql_types::Bool,
    description: sql_types::Text,
    birthday: sql_types::Nullable<sql_types::Date>,
    job_title: sql_types::Text,
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
    row: PersonRow,
    email_keys: Vec<String>,
}

impl WrittenRow {
    pub(super) fn new(record: Stored<PersonId>, profile: &PersonProfile) -> Self {
        Self {
            row: PersonRow::new(record, profile),
            email_keys: contact::email_keys(&profile.contact),
        }
    }
}

impl PersonRow {
    pub(super) fn new(record: Stored<PersonId>, profile: &PersonProfile) -> Self {
        let Stored {
            id,
            created_at,
            created_by,
            updated_at,
            version,
        } = record;
        let PersonProfile {
            first_name,
            last_name,
            full_name,
            description,
            birthday,
            job_title,
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
            first_name: first_name.as_str().to_owned(),
            last_name: last_name.as_str().to_owned(),
            full_name: profile.shown_full_name(),
            full_name_given: matches!(full_name, FullName::Given(_)),
            description: description.as_str().to_owned(),
            birthday: birthday.map(Date::naive),
            job_title: job_title.as_str().to_owned(),
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

    pub(super) fn read(self) -> Result<(Stored<PersonId>, PersonProfile), Error> {
        let Self {
            id,
            first_name,
            last_name,
            full_name,
            full_name_given,
            description,
            birthday,
            job_title,
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
            table: "people",
            column,
            row: id,
        };
        let full_name = if full_name_given {
            FullName::Given(Text::from_stored(full_name).ok_or_else(|| column("full_name"))?)
        } else {
            FullName::Derived
        };
        let birthday = birthday
            .map(|date| Date::from_naive(date).ok_or_else(|| column("birthday")))
            .transpose()?;
        let profile = PersonProfile {
            first_name: Text::from_stored(first_name).ok_or_else(|| column("first_name"))?,
            last_name: Text::from_stored(last_name).ok_or_else(|| column("last_name"))?,
            full_name,
            description: Text::from_stored(description).ok_or_else(|| column("description"))?,
            birthday,
            job_title: Text::from_stored(job_title).ok_or_else(|| column("job_title"))?,
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
