//! The fields of records that an update can name.

/// The fields of one kind of record: an enum with a name for each.
macro_rules! record_fields {
    ($(#[$doc:meta])* $Enum:ident { $($(#[$field_doc:meta])* $Field:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $Enum {
            $($(#[$field_doc])* $Field,)+
        }

        impl $Enum {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$Field,)+];

            /// The field's name in a mask.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Field => $name,)+
                }
            }
        }
    };
}

record_fields! {
    /// A field of a person that an update can name.
    PersonField {
        /// The first name.
        FirstName = "first_name",
        /// The last name.
        LastName = "last_name",
        /// The full name; unset it is derived.
        FullName = "full_name",
        /// A short description.
        Description = "description",
        /// The birthday.
        Birthday = "birthday",
        /// The job title.
        JobTitle = "job_title",
        /// The groups, in their order.
        Groups = "groups",
        /// The companies, the primary one first.
        Companies = "companies",
        /// Postal addresses.
        Addresses = "addresses",
        /// Email addresses.
        Emails = "emails",
        /// Phone numbers.
        Phones = "phones",
        /// Web addresses.
        Urls = "urls",
        /// The custom values, of which only those that are named change.
        CustomFieldValues = "custom_field_values",
    }
}

record_fields! {
    /// A field of a company that an update can name.
    CompanyField {
        /// The name.
        Name = "name",
        /// A short description.
        Description = "description",
        /// How much money it has raised.
        FundingRaised = "funding_raised",
        /// When it last raised money.
        LastFundingDate = "last_funding_date",
        /// What it does.
        Industry = "industry",
        /// When it was founded.
        FoundationYear = "foundation_year",
        /// How many people work for it.
        EmployeeRange = "employee_range",
        /// The groups, in their order.
        Groups = "groups",
        /// Postal addresses.
        Addresses = "addresses",
        /// Email addresses.
        Emails = "emails",
        /// Phone numbers.
        Phones = "phones",
        /// Web addresses.
        Urls = "urls",
        /// The custom values, of which only those that are named change.
        CustomFieldValues = "custom_field_values",
    }
}

record_fields! {
    /// A field of a deal that an update can name.
    DealField {
        /// The name.
        Name = "name",
        /// The companies that take part.
        Companies = "companies",
        /// The people who take part.
        People = "people",
        /// The custom values, of which only those that are named change.
        CustomFieldValues = "custom_field_values",
    }
}
