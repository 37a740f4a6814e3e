//! The fields of a person that an update can name.

/// A field of a person that an update can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonField {
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The full name; unset it is derived.
    FullName,
    /// A short description.
    Description,
    /// The birthday.
    Birthday,
    /// The job title.
    JobTitle,
    /// The groups, in their order.
    Groups,
    /// The companies, the primary one first.
    Companies,
    /// Postal addresses.
    Addresses,
    /// Email addresses.
    Emails,
    /// Phone numbers.
    Phones,
    /// Web addresses.
    Urls,
    /// The custom values, of which only those that are named change.
    CustomFieldValues,
}

impl PersonField {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::FirstName,
        Self::LastName,
        Self::FullName,
        Self::Description,
        Self::Birthday,
        Self::JobTitle,
        Self::Groups,
        Self::Companies,
        Self::Addresses,
        Self::Emails,
        Self::Phones,
        Self::Urls,
        Self::CustomFieldValues,
    ];

    /// The field's name in a mask.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::FullName => "full_name",
            Self::Description => "description",
            Self::Birthday => "birthday",
            Self::JobTitle => "job_title",
            Self::Groups => "groups",
            Self::Companies => "companies",
            Self::Addresses => "addresses",
            Self::Emails => "emails",
            Self::Phones => "phones",
            Self::Urls => "urls",
            Self::CustomFieldValues => "custom_field_values",
        }
    }

    /// The field of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }
}
