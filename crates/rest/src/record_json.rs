//! What many records are shown by.

use proto::v1::company_link::Company;
use proto::v1::{CompanyLink, DealCompany, EntityType, Group, GroupLink};
use serde::Serialize;

/// A record by its id and name.
#[derive(Debug, Serialize)]
pub(crate) struct NamedJson<'a> {
    id: &'a str,
    name: &'a str,
}

impl<'a> From<&'a Group> for NamedJson<'a> {
    fn from(Group { id, name }: &'a Group) -> Self {
        Self { id, name }
    }
}

impl<'a> From<&'a GroupLink> for NamedJson<'a> {
    fn from(GroupLink { id, name }: &'a GroupLink) -> Self {
        Self { id, name }
    }
}

impl<'a> From<&'a CompanyLink> for NamedJson<'a> {
    fn from(
        CompanyLink {
            company,
            display_name,
        }: &'a CompanyLink,
    ) -> Self {
        let id = match company {
            Some(Company::Id(id)) => id,
            Some(Company::Name(_)) | None => "",
        };
        Self {
            id,
            name: display_name,
        }
    }
}

impl<'a> From<&'a DealCompany> for NamedJson<'a> {
    fn from(DealCompany { id, name }: &'a DealCompany) -> Self {
        Self { id, name }
    }
}

/// What a record is, by the number in a message; nothing for users, whose links are of another form.
pub(crate) fn entity_type(number: i32) -> Option<&'static str> {
    match EntityType::try_from(number).unwrap_or(EntityType::Unspecified) {
        EntityType::Person => Some("person"),
        EntityType::Company => Some("company"),
        EntityType::Object => Some("object"),
        EntityType::User | EntityType::Unspecified => None,
    }
}
