//! Companies between protobuf and the domain.

use domain::{
    CompanyField, CompanyProfile, CompanyView, Date, Decimal, Definitions, EmployeeRange, FoundationYear,
    Member, Name, Path, Problem, RawCompanyEntries, RawCompanyRecord, Text, Violations,
};
use proto::v1::company::EmployeeRange as ApiRange;
use proto::v1::{Company, CompanyEntries};

use crate::convert::{contact_details, date, etag, group_id, group_link, read_date, time, user};
use crate::custom_values;

/// Reads the fields of a company that are meant; reports what is wrong with the plain ones.
pub(crate) fn raw_company(
    company: Company,
    is_meant: impl Fn(CompanyField) -> bool,
    path: &Path<'_>,
    violations: &mut Violations,
) -> RawCompanyRecord {
    let Company {
        id: _,
        name,
        description,
        funding_raised,
        last_funding_date,
        industry,
        foundation_year,
        employee_range,
        groups,
        addresses,
        emails,
        phones,
        urls,
        custom_field_values,
        create_time: _,
        update_time: _,
        created_by: _,
        etag: _,
    } = company;
    let name = is_meant(CompanyField::Name)
        .then(|| Name::parse(name, &path.field("name"), violations))
        .flatten();
    RawCompanyRecord {
        name,
        description: Text::parse(description, &path.field("description"), violations),
        funding_raised: read_funding(&funding_raised, &path.field("funding_raised"), violations),
        last_funding_date: read_date(last_funding_date, &path.field("last_funding_date"), violations),
        industry: Text::parse(industry, &path.field("industry"), violations),
        foundation_year: match foundation_year {
            0 => None,
            year => FoundationYear::parse(year, &path.field("foundation_year"), violations),
        },
        employee_range: read_range(employee_range, &path.field("employee_range"), violations),
        contact: contact_details(addresses, emails, phones, urls, path, violations),
        groups: groups.into_iter().map(group_id).collect(),
        values: custom_values::from_proto(custom_field_values),
    }
}

fn read_funding(text: &str, path: &Path<'_>, violations: &mut Violations) -> Option<Decimal> {
    if text.is_empty() {
        return None;
    }
    Decimal::parse_short_number(text, path, violations)
}

fn read_range(number: i32, path: &Path<'_>, violations: &mut Violations) -> Option<EmployeeRange> {
    Some(match ApiRange::try_from(number) {
        Ok(ApiRange::Unspecified) => return None,
        Ok(ApiRange::EmployeeRange1To10) => EmployeeRange::To10,
        Ok(ApiRange::EmployeeRange11To50) => EmployeeRange::To50,
        Ok(ApiRange::EmployeeRange51To200) => EmployeeRange::To200,
        Ok(ApiRange::EmployeeRange201To500) => EmployeeRange::To500,
        Ok(ApiRange::EmployeeRange501To1000) => EmployeeRange::To1000,
        Ok(ApiRange::EmployeeRange1001To5000) => EmployeeRange::To5000,
        Ok(ApiRange::EmployeeRange5001To10000) => EmployeeRange::To10000,
        Ok(ApiRange::EmployeeRange10000OrMore) => EmployeeRange::More,
        Err(_) => {
            let options: Vec<_> = EmployeeRange::ALL
                .iter()
                .map(|range| range.as_str().to_owned())
                .collect();
            let message = format!("no such range; there are: {}", options.join(", "));
            violations.add(path, Problem::InvalidEnumValue { options }, message);
            return None;
        }
    })
}

/// Reads single entries of lists; reports what is wrong with texts.
pub(super) fn raw_entries(
    entries: Option<CompanyEntries>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> RawCompanyEntries {
    let CompanyEntries {
        groups,
        addresses,
        emails,
        phones,
        urls,
    } = entries.unwrap_or_default();
    RawCompanyEntries {
        groups: groups.into_iter().map(group_id).collect(),
        contact: contact_details(addresses, emails, phones, urls, path, violations),
    }
}

/// Whether a field of a company says something.
pub(super) fn is_set(company: &Company, field: CompanyField) -> bool {
    match field {
        CompanyField::Name => !company.name.is_empty(),
        CompanyField::Description => !company.description.is_empty(),
        CompanyField::FundingRaised => !company.funding_raised.is_empty(),
        CompanyField::LastFundingDate => company.last_funding_date.is_some(),
        CompanyField::Industry => !company.industry.is_empty(),
        CompanyField::FoundationYear => company.foundation_year != 0,
        CompanyField::EmployeeRange => company.employee_range != 0,
        CompanyField::Groups => !company.groups.is_empty(),
        CompanyField::Addresses => !company.addresses.is_empty(),
        CompanyField::Emails => !company.emails.is_empty(),
        CompanyField::Phones => !company.phones.is_empty(),
        CompanyField::Urls => !company.urls.is_empty(),
        CompanyField::CustomFieldValues => !company.custom_field_values.is_empty(),
    }
}

/// Forgets a field that is not meant, so that nothing wrong with it is reported.
pub(super) fn forget(company: &mut Company, field: CompanyField) {
    match field {
        CompanyField::Name => company.name.clear(),
        CompanyField::Description => company.description.clear(),
        CompanyField::FundingRaised => company.funding_raised.clear(),
        CompanyField::LastFundingDate => company.last_funding_date = None,
        CompanyField::Industry => company.industry.clear(),
        CompanyField::FoundationYear => company.foundation_year = 0,
        CompanyField::EmployeeRange => company.employee_range = 0,
        CompanyField::Groups => company.groups.clear(),
        CompanyField::Addresses => company.addresses.clear(),
        CompanyField::Emails => company.emails.clear(),
        CompanyField::Phones => company.phones.clear(),
        CompanyField::Urls => company.urls.clear(),
        CompanyField::CustomFieldValues => company.custom_field_values.clear(),
    }
}

/// The company as its callers see it.
pub(super) fn company(view: CompanyView, definitions: &Definitions) -> Company {
    let CompanyView { company, names } = view;
    let domain::Company {
        id,
        profile,
        memberships,
        created_at,
        created_by,
        updated_at,
        version,
    } = company;
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
    Company {
        id: id.into(),
        name: name.into_string(),
        description: description.into_string(),
        funding_raised: funding_raised.map(Decimal::into_string).unwrap_or_default(),
        last_funding_date: last_funding_date.map(Date::naive).map(date),
        industry: industry.into_string(),
        foundation_year: foundation_year.map_or(0, |year| year.get().unsigned_abs().into()),
        employee_range: employee_range.map_or(ApiRange::Unspecified, range).into(),
        groups: memberships
            .iter()
            .filter_map(|one| group_link(one, definitions))
            .collect(),
        addresses: contact.addresses.into_vec(),
        emails: contact.emails.into_vec(),
        phones: contact.phones.into_vec(),
        urls: contact.urls.into_vec(),
        custom_field_values: memberships
            .into_iter()
            .filter_map(|one| custom_values::of_membership(one, Member::Company, &names, definitions))
            .collect(),
        create_time: Some(time(created_at)),
        update_time: Some(time(updated_at)),
        created_by: user(created_by, definitions),
        etag: etag(version),
    }
}

fn range(range: EmployeeRange) -> ApiRange {
    match range {
        EmployeeRange::To10 => ApiRange::EmployeeRange1To10,
        EmployeeRange::To50 => ApiRange::EmployeeRange11To50,
        EmployeeRange::To200 => ApiRange::EmployeeRange51To200,
        EmployeeRange::To500 => ApiRange::EmployeeRange201To500,
        EmployeeRange::To1000 => ApiRange::EmployeeRange501To1000,
        EmployeeRange::To5000 => ApiRange::EmployeeRange1001To5000,
        EmployeeRange::To10000 => ApiRange::EmployeeRange5001To10000,
        EmployeeRange::More => ApiRange::EmployeeRange10000OrMore,
    }
}
