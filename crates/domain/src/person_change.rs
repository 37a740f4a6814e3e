//! What a request says is to change of a person.

use std::collections::HashSet;

use crate::membership::{add_groups, read_groups, remove_groups, replace_groups, same_memberships};
use crate::person_draft::{MAX_COMPANIES, read_companies};
use crate::text::check_entries;
use crate::{
    CompanyId, CompanyRef, ContactDetails, Draft, Judging, NameKey, Path, PersonDraft, PersonField,
    PersonProfile, PersonView, PlacedReference, RawCompany, RawPerson,
};

/// What is to change of a person: new values of fields, then entries to remove from lists, then entries to add.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PersonChange {
    /// Which fields of `new` count.
    pub fields: HashSet<PersonField>,
    /// Their new values.
    pub new: RawPerson,
    /// Entries to remove; those that are not there are ignored.
    pub remove: RawEntries,
    /// Entries to add at the end; those that are there stay where they are.
    pub add: RawEntries,
}

/// Single entries of a person's lists as a request sends them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawEntries {
    /// Ids of groups.
    pub groups: Vec<String>,
    /// Companies.
    pub companies: Vec<RawCompany>,
    /// Ways to reach the person, read already.
    pub contact: ContactDetails,
}

impl PersonChange {
    /// Companies named by id in a change that names others by name. Whether they are the same is told by the names in
    /// [`PersonView::names`], where [`Self::apply`] looks for these ids as well.
    #[must_use]
    pub fn companies_to_compare(&self) -> Vec<CompanyId> {
        let mentioned = || {
            let lists = [&self.new.companies, &self.remove.companies, &self.add.companies];
            lists.into_iter().flatten()
        };
        if !mentioned().any(|company| matches!(company, RawCompany::Name(_))) {
            return Vec::new();
        }
        let ids = mentioned().filter_map(|company| match company {
            RawCompany::Id(id) => CompanyId::parse(id).ok(),
            RawCompany::Name(_) | RawCompany::Unset => None,
        });
        ids.collect()
    }

    /// The person as it is to be after the change; reports everything that is wrong. Paths begin with the fields
    /// `person`, `remove` and `add` of a request.
    pub fn apply(self, current: &PersonView, judging: &mut Judging<'_>) -> PersonDraft {
        let Self {
            fields,
            new,
            remove,
            add,
        } = self;
        let person = &current.person;
        let mut draft = PersonDraft {
            profile: person.profile.clone(),
            companies: person.companies.iter().copied().map(CompanyRef::Id).collect(),
            memberships: person.memberships.clone(),
            references: Vec::new(),
        };
        let RawPerson {
            profile,
            groups,
            companies,
            values,
        } = new;
        let path = Path::root("person");
        for field in &fields {
            replace(&mut draft.profile, &profile, *field);
        }
        if fields.contains(&PersonField::Groups) {
            let groups = read_groups(groups, &path.field("groups"), judging);
            replace_groups(&mut draft.memberships, groups);
        }
        if fields.contains(&PersonField::Companies) {
            let path = path.field("companies");
            let companies = read_companies(companies, &path, &mut draft.references, judging.violations);
            draft.companies.clear();
            add_companies(&mut draft.companies, companies, current);
        }
        remove.take_from(&mut draft, current, judging);
        add.put_into(&mut draft, current, judging);
        if fields.contains(&PersonField::CustomFieldValues) {
            draft.read_values(values, &path, judging);
        }
        draft
    }
}

/// Gives a plain field its new value. The others are the caller's to handle.
fn replace(profile: &mut PersonProfile, new: &PersonProfile, field: PersonField) {
    match field {
        PersonField::FirstName => profile.first_name.clone_from(&new.first_name),
        PersonField::LastName => profile.last_name.clone_from(&new.last_name),
        PersonField::FullName => profile.full_name.clone_from(&new.full_name),
        PersonField::Description => profile.description.clone_from(&new.description),
        PersonField::Birthday => profile.birthday = new.birthday,
        PersonField::JobTitle => profile.job_title.clone_from(&new.job_title),
        PersonField::Addresses => profile.contact.addresses.clone_from(&new.contact.addresses),
        PersonField::Emails => profile.contact.emails.clone_from(&new.contact.emails),
        PersonField::Phones => profile.contact.phones.clone_from(&new.contact.phones),
        PersonField::Urls => profile.contact.urls.clone_from(&new.contact.urls),
        PersonField::Groups | PersonField::Companies | PersonField::CustomFieldValues => {}
    }
}

impl RawEntries {
    fn take_from(self, draft: &mut PersonDraft, current: &PersonView, judging: &mut Judging<'_>) {
        let Self {
            groups,
            companies,
            contact,
        } = self;
        let path = Path::root("remove");
        remove_groups(&mut draft.memberships, groups, &path.field("groups"), judging);
        // What is to go need not exist.
        let mut ignored = Vec::new();
        let gone = read_companies(
            companies,
            &path.field("companies"),
            &mut ignored,
            judging.violations,
        );
        draft
            .companies
            .retain(|kept| !gone.iter().any(|gone| same_company(kept, gone, current)));
        let kept = std::mem::take(&mut draft.profile.contact);
        draft.profile.contact = kept.without(&contact);
    }

    fn put_into(self, draft: &mut PersonDraft, current: &PersonView, judging: &mut Judging<'_>) {
        let Self {
            groups,
            companies,
            contact,
        } = self;
        let path = Path::root("add");
        add_groups(&mut draft.memberships, groups, &path.field("groups"), judging);
        let companies_path = path.field("companies");
        let new = read_companies(
            companies,
            &companies_path,
            &mut draft.references,
            judging.violations,
        );
        add_companies(&mut draft.companies, new, current);
        check_entries(
            draft.companies.len(),
            MAX_COMPANIES,
            &companies_path,
            judging.violations,
        );
        let kept = std::mem::take(&mut draft.profile.contact);
        draft.profile.contact = kept.with(contact, &path, judging.violations);
    }
}

fn add_companies(companies: &mut Vec<CompanyRef>, new: Vec<CompanyRef>, current: &PersonView) {
    for company in new {
        if !companies.iter().any(|kept| same_company(kept, &company, current)) {
            companies.push(company);
        }
    }
}

/// Whether both name the same company, as far as the names at hand tell.
fn same_company(one: &CompanyRef, other: &CompanyRef, current: &PersonView) -> bool {
    match (one, other) {
        (CompanyRef::Id(one), CompanyRef::Id(other)) => one == other,
        (CompanyRef::Name(one), CompanyRef::Name(other)) => one.key() == other.key(),
        (CompanyRef::Id(id), CompanyRef::Name(name)) | (CompanyRef::Name(name), CompanyRef::Id(id)) => {
            key_of(*id, current).is_some_and(|key| key == name.key())
        }
    }
}

fn key_of(id: CompanyId, current: &PersonView) -> Option<NameKey> {
    current
        .names
        .get(&id.uuid())
        .map(|record| NameKey::new(&record.name))
}

impl Draft for PersonDraft {
    type View = PersonView;

    fn references(&self) -> &[PlacedReference] {
        &self.references
    }

    fn differs_from(&self, current: &PersonView) -> bool {
        let Self {
            profile,
            companies,
            memberships,
            references: _,
        } = self;
        let same_companies = companies.len() == current.person.companies.len()
            && companies
                .iter()
                .zip(&current.person.companies)
                .all(|(new, old)| same_company(new, &CompanyRef::Id(*old), current));
        *profile != current.person.profile
            || !same_companies
            || !same_memberships(memberships, &current.person.memberships)
    }
}
