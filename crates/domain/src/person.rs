//! People as they are stored and shown.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    CompanyId, ContactDetails, Date, InteractionSummary, Membership, PersonId, RecordNames, Text, UserId,
};

/// How a person's full name comes about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FullName {
    /// As it was given.
    Given(Text<1000>),
    /// From first and last name, following them.
    #[default]
    Derived,
}

/// The plain fields of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonProfile {
    /// The first name.
    pub first_name: Text<500>,
    /// The last name.
    pub last_name: Text<500>,
    /// How the full name comes about.
    pub full_name: FullName,
    /// A short description.
    pub description: Text<5000>,
    /// The birthday.
    pub birthday: Option<Date>,
    /// The job title.
    pub job_title: Text<500>,
    /// How to reach the person.
    pub contact: ContactDetails,
}

impl PersonProfile {
    /// The full name to show: as given, or first and last name joined by a space. A derived one may be longer than
    /// the 1,000 characters that a given one may have.
    #[must_use]
    pub fn shown_full_name(&self) -> String {
        match &self.full_name {
            FullName::Given(name) => name.as_str().to_owned(),
            FullName::Derived => [self.first_name.as_str(), self.last_name.as_str()]
                .join(" ")
                .trim()
                .to_owned(),
        }
    }
}

/// A person, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// The plain fields.
    pub profile: PersonProfile,
    /// The companies, the primary one first.
    pub companies: Vec<CompanyId>,
    /// The groups and their values, in the order they were given.
    pub memberships: Vec<Membership>,
    /// When the person was made.
    pub created_at: DateTime<Utc>,
    /// Whose key made it.
    pub created_by: UserId,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Grows with every change.
    pub version: i64,
}

/// A person with what is needed to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonView {
    /// The person.
    pub person: Person,
    /// The names of the companies and of the records in contact and object fields.
    pub names: RecordNames,
    /// The interactions with the person.
    pub interactions: InteractionSummary,
}

impl PersonView {
    /// Every record of which something shows when the person is shown: its own, and those that it names.
    pub fn shown_records(&self) -> impl Iterator<Item = Uuid> + '_ {
        std::iter::once(self.person.id.uuid()).chain(self.names.keys().copied())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Path, Violations};

    use super::*;

    fn text<const MAX: usize>(text: &str) -> Text<MAX> {
        Text::parse(text.to_owned(), &Path::root("text"), &mut Violations::default())
    }

    #[test]
    fn the_full_name_follows_unless_it_was_given() {
        for (first, last, full) in [
            ("John", "Doe", "John Doe"),
            ("", "Doe", "Doe"),
            ("John", "", "John"),
            ("", "", ""),
        ] {
            let mut profile = PersonProfile {
                first_name: text(first),
                last_name: text(last),
                ..PersonProfile::default()
            };
            assert_eq!(profile.shown_full_name(), full);
            profile.full_name = FullName::Given(text("Johnny"));
            assert_eq!(profile.shown_full_name(), "Johnny");
        }
    }
}
