//! The fast way in: a body of the right shape goes straight into these structs. Whatever is refused here is read again by
//! `record`, which finds out why; so errors need no words, and both must read the same message.

use std::borrow::Cow;
use std::fmt;

use proto::v1::company_link::Company;
use proto::v1::{CompanyLink, Date, GroupLink, GroupValues, Person};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Visitor};

use crate::date;
use crate::json::{Object, Pairs};
use crate::records::{CustomValueInput, field_values, group_link};

/// A person as callers send it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[derive(Default)]
pub(in crate::people) struct PersonInput<'a> {
    first_name: String,
    last_name: String,
    full_name: String,
    description: String,
    birthday: Option<DateInput>,
    job_title: String,
    groups: Vec<GroupInput>,
    companies: Vec<CompanyInput>,
    addresses: Vec<String>,
    emails: Vec<String>,
    phones: Vec<String>,
    urls: Vec<String>,
    #[serde(borrow)]
    custom_field_values: Pairs<'a, Pairs<'a, CustomValueInput>>,
}

/// An enum, since a struct could be written as a list too.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum GroupInput {
    Id(String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum CompanyInput {
    Id(String),
    Name(String),
}

#[derive(Debug)]
struct DateInput(Date);

impl<'a> PersonInput<'a> {
    /// Reads a body; nothing if its shape is not entirely right.
    pub(in crate::people) fn parse(text: &'a str) -> Option<Self> {
        let Object(input) = serde_json::from_str(text).ok()?;
        Some(input)
    }
}

impl<'de> Deserialize<'de> for DateInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;

        impl Visitor<'_> for DateVisitor {
            type Value = DateInput;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<DateInput, E> {
                date::parse(text)
                    .map(DateInput)
                    .ok_or_else(|| E::custom("not a date"))
            }
        }

        deserializer
            .deserialize_str(DateVisitor)
            .map_err(D::Error::custom)
    }
}

impl From<PersonInput<'_>> for Person {
    fn from(input: PersonInput<'_>) -> Self {
        let PersonInput {
            first_name,
            last_name,
            full_name,
            description,
            birthday,
            job_title,
            groups,
            companies,
            addresses,
            emails,
            phones,
            urls,
            custom_field_values: Pairs(custom_field_values),
        } = input;
        Self {
            id: String::new(),
            first_name,
            last_name,
            full_name,
            description,
            birthday: birthday.map(|DateInput(date)| date),
            job_title,
            groups: groups.into_iter().map(GroupLink::from).collect(),
            companies: companies.into_iter().map(CompanyLink::from).collect(),
            addresses,
            emails,
            phones,
            urls,
            custom_field_values: custom_field_values.into_iter().map(group_values).collect(),
            create_time: None,
            update_time: None,
            created_by: None,
            interaction_metadata: None,
            strongest_connections: Vec::new(),
            etag: String::new(),
        }
    }
}

impl From<GroupInput> for GroupLink {
    fn from(GroupInput::Id(id): GroupInput) -> Self {
        group_link(id)
    }
}

impl From<CompanyInput> for CompanyLink {
    fn from(input: CompanyInput) -> Self {
        let company = match input {
            CompanyInput::Id(id) => Company::Id(id),
            CompanyInput::Name(name) => Company::Name(name),
        };
        Self {
            company: Some(company),
            display_name: String::new(),
        }
    }
}

fn group_values((group_id, Pairs(values)): (Cow<'_, str>, Pairs<'_, CustomValueInput>)) -> GroupValues {
    let values = values
        .into_iter()
        .map(|(name, CustomValueInput(value))| (name, value));
    GroupValues {
        group_id: group_id.into_owned(),
        values: field_values(values),
    }
}
