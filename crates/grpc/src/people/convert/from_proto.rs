//! What a request says a person is to be.

use domain::{
    Date, Definitions, Deprecations, FullName, Path, PersonDraft, PersonProfile, RawCompany, Text, TextList,
    Violations,
};
use proto::v1::company_link::Company;
use proto::v1::{CompanyLink, GroupLink, Person};

use crate::custom_values;

/// Reads a person of a request; reports everything that is wrong with it.
pub(crate) fn draft(
    person: Person,
    path: &Path<'_>,
    definitions: &Definitions,
    deprecations: &mut Deprecations,
    violations: &mut Violations,
) -> PersonDraft {
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
        birthday: birthday.and_then(|proto::v1::Date { year, month, day }| {
            Date::parse_ymd(year, month, day, &path.field("birthday"), violations)
        }),
        job_title: Text::parse(job_title, &path.field("job_title"), violations),
        addresses: TextList::parse(addresses, &path.field("addresses"), violations),
        emails: TextList::parse(emails, &path.field("emails"), violations),
        phones: TextList::parse(phones, &path.field("phones"), violations),
        urls: TextList::parse(urls, &path.field("urls"), violations),
    };
    PersonDraft::read(
        profile,
        groups.into_iter().map(|GroupLink { id, name: _ }| id).collect(),
        companies.into_iter().map(read_company).collect(),
        custom_values::from_proto(custom_field_values),
        path,
        definitions,
        deprecations,
        violations,
    )
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
