//! What a request says a person is to be.

use std::collections::HashSet;

use domain::{
    FullName, Path, PersonField, PersonProfile, RawCompany, RawEntries, RawPerson, Text, Violations,
};
use proto::v1::company_link::Company;
use proto::v1::{CompanyLink, Person, PersonEntries};

use crate::convert::{contact_details, group_id, read_date};
use crate::custom_values;

/// Reads a person of a request; reports what is wrong with its plain fields.
pub(crate) fn raw_person(person: Person, path: &Path<'_>, violations: &mut Violations) -> RawPerson {
    let Person {
        id: _,
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
        custom_field_values,
        create_time: _,
        update_time: _,
        created_by: _,
        interaction_metadata: _,
        strongest_connections: _,
        etag: _,
    } = person;
    let profile = PersonProfile {
        first_name: Text::parse(first_name, &path.field("first_name"), violations),
        last_name: Text::parse(last_name, &path.field("last_name"), violations),
        full_name: read_full_name(full_name, &path.field("full_name"), violations),
        description: Text::parse(description, &path.field("description"), violations),
        birthday: read_date(birthday, &path.field("birthday"), violations),
        job_title: Text::parse(job_title, &path.field("job_title"), violations),
        contact: contact_details(addresses, emails, phones, urls, path, violations),
    };
    RawPerson {
        profile,
        groups: groups.into_iter().map(group_id).collect(),
        companies: companies.into_iter().map(read_company).collect(),
        values: custom_values::from_proto(custom_field_values),
    }
}

/// Reads single entries of lists; reports what is wrong with texts.
pub(crate) fn raw_entries(
    entries: Option<PersonEntries>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> RawEntries {
    let PersonEntries {
        groups,
        companies,
        addresses,
        emails,
        phones,
        urls,
    } = entries.unwrap_or_default();
    RawEntries {
        groups: groups.into_iter().map(group_id).collect(),
        companies: companies.into_iter().map(read_company).collect(),
        contact: contact_details(addresses, emails, phones, urls, path, violations),
    }
}

/// Whether a field of a person says something.
pub(crate) fn is_set(person: &Person, field: PersonField) -> bool {
    let Person {
        id: _,
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
        custom_field_values,
        create_time: _,
        update_time: _,
        created_by: _,
        interaction_metadata: _,
        strongest_connections: _,
        etag: _,
    } = person;
    match field {
        PersonField::FirstName => !first_name.is_empty(),
        PersonField::LastName => !last_name.is_empty(),
        PersonField::FullName => !full_name.is_empty(),
        PersonField::Description => !description.is_empty(),
        PersonField::Birthday => birthday.is_some(),
        PersonField::JobTitle => !job_title.is_empty(),
        PersonField::Groups => !groups.is_empty(),
        PersonField::Companies => !companies.is_empty(),
        PersonField::Addresses => !addresses.is_empty(),
        PersonField::Emails => !emails.is_empty(),
        PersonField::Phones => !phones.is_empty(),
        PersonField::Urls => !urls.is_empty(),
        PersonField::CustomFieldValues => !custom_field_values.is_empty(),
    }
}

/// Forgets the fields that are not meant, so that nothing wrong with them is reported.
pub(crate) fn keep_fields(person: &mut Person, fields: &HashSet<PersonField>) {
    for field in PersonField::ALL.iter().copied() {
        if fields.contains(&field) {
            continue;
        }
        match field {
            PersonField::FirstName => person.first_name.clear(),
            PersonField::LastName => person.last_name.clear(),
            PersonField::FullName => person.full_name.clear(),
            PersonField::Description => person.description.clear(),
            PersonField::Birthday => person.birthday = None,
            PersonField::JobTitle => person.job_title.clear(),
            PersonField::Groups => person.groups.clear(),
            PersonField::Companies => person.companies.clear(),
            PersonField::Addresses => person.addresses.clear(),
            PersonField::Emails => person.emails.clear(),
            PersonField::Phones => person.phones.clear(),
            PersonField::Urls => person.urls.clear(),
            PersonField::CustomFieldValues => person.custom_field_values.clear(),
        }
    }
}

fn read_full_name(full_name: String, path: &Path<'_>, violations: &mut Violations) -> FullName {
    let full_name = Text::parse(full_name, path, violations);
    if full_name.as_str().is_empty() {
        FullName::Derived
    } else {
        FullName::Given(full_name)
    }
}

fn read_company(link: CompanyLink) -> RawCompany {
    let CompanyLink {
        company,
        display_name: _,
    } = link;
    match company {
        Some(Company::Id(id)) => RawCompany::Id(id),
        Some(Company::Name(name)) => RawCompany::Name(name),
        None => RawCompany::Unset,
    }
}
