//! What a request says a company is to be, new or changed.

use std::collections::HashSet;

use crate::group_values::read_group_values;
use crate::membership::{add_groups, read_groups, remove_groups, replace_groups, same_memberships};
use crate::{
    CompanyField, CompanyProfile, CompanyView, ContactDetails, Date, Decimal, Draft, EmployeeRange,
    FoundationYear, Judging, Member, Membership, Name, Path, PlacedReference, RawGroupValues, Text,
};

/// A company as it is to be stored. It may be only if reading it broke no rule and all that it points to exists.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyDraft {
    /// The plain fields.
    pub profile: CompanyProfile,
    /// The groups and their values, in the order they were given.
    pub memberships: Vec<Membership>,
    /// What the request points to and only the database knows to exist.
    pub references: Vec<PlacedReference>,
}

/// A company as a request sends it; the plain fields are read already.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawCompanyRecord {
    /// The name, if it is a good one.
    pub name: Option<Name<1000>>,
    /// A short description.
    pub description: Text<5000>,
    /// How much money it has raised.
    pub funding_raised: Option<Decimal>,
    /// When it last raised money.
    pub last_funding_date: Option<Date>,
    /// What it does.
    pub industry: Text<1000>,
    /// When it was founded.
    pub foundation_year: Option<FoundationYear>,
    /// How many people work for it.
    pub employee_range: Option<EmployeeRange>,
    /// How to reach the company.
    pub contact: ContactDetails,
    /// Ids of groups.
    pub groups: Vec<String>,
    /// Custom values.
    pub values: Vec<RawGroupValues>,
}

/// What is to change of a company: new values of fields, then entries to remove from lists, then entries to add.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CompanyChange {
    /// Which fields of `new` count.
    pub fields: HashSet<CompanyField>,
    /// Their new values.
    pub new: RawCompanyRecord,
    /// Entries to remove; those that are not there are ignored.
    pub remove: RawCompanyEntries,
    /// Entries to add at the end; those that are there stay where they are.
    pub add: RawCompanyEntries,
}

/// Single entries of a company's lists as a request sends them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawCompanyEntries {
    /// Ids of groups.
    pub groups: Vec<String>,
    /// Ways to reach the company, read already.
    pub contact: ContactDetails,
}

impl CompanyDraft {
    /// Reads a new company; reports everything that is wrong. Without a good name there is no draft, but what the rest
    /// points to is answered all the same.
    pub fn read(
        raw: RawCompanyRecord,
        path: &Path<'_>,
        judging: &mut Judging<'_>,
    ) -> Result<Self, Vec<PlacedReference>> {
        let RawCompanyRecord {
            name,
            description,
            funding_raised,
            last_funding_date,
            industry,
            foundation_year,
            employee_range,
            contact,
            groups,
            values,
        } = raw;
        let groups = read_groups(groups, &path.field("groups"), judging);
        let mut memberships: Vec<_> = groups.into_iter().map(Membership::new).collect();
        let references = read_into(values, &mut memberships, path, judging);
        let Some(name) = name else {
            return Err(references);
        };
        Ok(Self {
            profile: CompanyProfile {
                name,
                description,
                funding_raised,
                last_funding_date,
                industry,
                foundation_year,
                employee_range,
                contact,
            },
            memberships,
            references,
        })
    }
}

fn read_into(
    values: Vec<RawGroupValues>,
    memberships: &mut [Membership],
    path: &Path<'_>,
    judging: &mut Judging<'_>,
) -> Vec<PlacedReference> {
    let mut references = Vec::new();
    let path = path.field("custom_field_values");
    read_group_values(
        values,
        Member::Company,
        memberships,
        &mut references,
        &path,
        judging,
    );
    references
}

impl CompanyChange {
    /// The company as it is to be after the change; reports everything that is wrong. Paths begin with the fields
    /// `company`, `remove` and `add` of a request.
    pub fn apply(self, current: &CompanyView, judging: &mut Judging<'_>) -> CompanyDraft {
        let Self {
            fields,
            new,
            remove,
            add,
        } = self;
        let mut profile = current.company.profile.clone();
        let mut memberships = current.company.memberships.clone();
        let path = Path::root("company");
        for field in &fields {
            replace(&mut profile, &new, *field);
        }
        if fields.contains(&CompanyField::Groups) {
            let groups = read_groups(new.groups, &path.field("groups"), judging);
            replace_groups(&mut memberships, groups);
        }
        let remove_path = Path::root("remove");
        remove_groups(
            &mut memberships,
            remove.groups,
            &remove_path.field("groups"),
            judging,
        );
        let add_path = Path::root("add");
        add_groups(&mut memberships, add.groups, &add_path.field("groups"), judging);
        let kept = std::mem::take(&mut profile.contact).without(&remove.contact);
        profile.contact = kept.with(add.contact, &add_path, judging.violations);
        let references = if fields.contains(&CompanyField::CustomFieldValues) {
            read_into(new.values, &mut memberships, &path, judging)
        } else {
            Vec::new()
        };
        CompanyDraft {
            profile,
            memberships,
            references,
        }
    }
}

/// Gives a plain field its new value. The others are the caller's to handle.
fn replace(profile: &mut CompanyProfile, new: &RawCompanyRecord, field: CompanyField) {
    match field {
        CompanyField::Name => {
            // One that is no good was reported when it was read.
            if let Some(name) = &new.name {
                profile.name.clone_from(name);
            }
        }
        CompanyField::Description => profile.description.clone_from(&new.description),
        CompanyField::FundingRaised => profile.funding_raised.clone_from(&new.funding_raised),
        CompanyField::LastFundingDate => profile.last_funding_date = new.last_funding_date,
        CompanyField::Industry => profile.industry.clone_from(&new.industry),
        CompanyField::FoundationYear => profile.foundation_year = new.foundation_year,
        CompanyField::EmployeeRange => profile.employee_range = new.employee_range,
        CompanyField::Addresses => profile.contact.addresses.clone_from(&new.contact.addresses),
        CompanyField::Emails => profile.contact.emails.clone_from(&new.contact.emails),
        CompanyField::Phones => profile.contact.phones.clone_from(&new.contact.phones),
        CompanyField::Urls => profile.contact.urls.clone_from(&new.contact.urls),
        CompanyField::Groups | CompanyField::CustomFieldValues => {}
    }
}

impl Draft for CompanyDraft {
    type View = CompanyView;

    fn references(&self) -> &[PlacedReference] {
        &self.references
    }

    fn differs_from(&self, current: &CompanyView) -> bool {
        let Self {
            profile,
            memberships,
            references: _,
        } = self;
        *profile != current.company.profile || !same_memberships(memberships, &current.company.memberships)
    }
}
