//! What can be asked of which field.

use super::Operator;
use crate::{CustomField, EmployeeRange, FieldSet, FieldType, FoundationYear, Member};

/// What a field holds, as far as conditions care.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'a> {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// A list of emails.
    Emails,
    /// A number.
    Number,
    /// A date.
    Date,
    /// A moment.
    Time,
    /// Options of a custom field.
    Options(&'a CustomField),
    /// Links to records whose ids begin with one of these.
    Links(&'static [&'static str]),
    /// Links to users.
    Users,
    /// The user who made the record.
    Creator,
    /// One of some texts.
    Choice(&'static Choice),
}

/// A field that holds one of some texts.
#[derive(Debug)]
pub(super) struct Choice {
    /// Whether a text is one of them.
    pub(super) holds: fn(&str) -> bool,
    /// What they are, in words.
    pub(super) takes: &'static str,
}

const EMPLOYEE_RANGE: &Choice = &Choice {
    holds: |text| EmployeeRange::parse(text).is_some(),
    takes: "1-10, 11-50, 51-200, 201-500, 501-1000, 1001-5000, 5001-10000 or 10000+",
};

const FOUNDATION_YEAR: &Choice = &Choice {
    holds: |text| {
        let year = text.parse().ok().and_then(FoundationYear::from_stored);
        year.is_some_and(|year| year.get().to_string() == text)
    },
    takes: "a year from 1000 to 2100",
};

impl Kind<'_> {
    pub(super) const fn operators(self) -> &'static [Operator] {
        use Operator::{All, Empty, Eq, Gt, In, Like, Lt, NotEmpty, NotEq, NotIn, NotLike};
        match self {
            Self::Text | Self::Texts | Self::Emails => &[Eq, NotEq, Like, NotLike, Empty, NotEmpty],
            Self::Number | Self::Date | Self::Time => &[Eq, NotEq, Gt, Lt, Empty, NotEmpty],
            Self::Options(_) => &[Eq, NotEq, In, NotIn, All, Empty, NotEmpty],
            Self::Links(_) | Self::Users => &[In, NotIn, All, Empty, NotEmpty],
            Self::Creator => &[In, NotIn],
            Self::Choice(_) => &[Eq, NotEq, In, NotIn, Empty, NotEmpty],
        }
    }

    pub(super) fn of_custom(field: &CustomField) -> Kind<'_> {
        match &field.field_type {
            FieldType::Text | FieldType::Magic => Kind::Text,
            FieldType::Numeric { .. } => Kind::Number,
            FieldType::Date => Kind::Date,
            FieldType::SingleSelect(_) | FieldType::MultipleSelect(_) => Kind::Options(field),
            FieldType::Contact => Kind::Links(&["per_", "com_"]),
            FieldType::User => Kind::Users,
            FieldType::Object(_) => Kind::Links(&["obj_"]),
        }
    }
}

/// The fields of one kind of record that a filter may name.
pub struct FilterFields<'a> {
    pub(super) plain: &'static [(&'static str, Kind<'static>)],
    pub(super) custom: CustomFields<'a>,
}

/// Where the custom fields of a kind of record are defined.
pub(super) enum CustomFields<'a> {
    /// In each group.
    OfGroups(Member),
    /// In one place for all such records.
    Own(&'a FieldSet),
}

const PERSON: &[(&str, Kind<'static>)] = &[
    ("full_name", Kind::Text),
    ("first_name", Kind::Text),
    ("last_name", Kind::Text),
    ("job_title", Kind::Text),
    ("description", Kind::Text),
    ("emails", Kind::Emails),
    ("phones", Kind::Texts),
    ("addresses", Kind::Texts),
    ("urls", Kind::Texts),
    ("birthday", Kind::Date),
    ("create_time", Kind::Time),
    ("groups", Kind::Links(&["grp_"])),
    ("companies", Kind::Links(&["com_"])),
    ("created_by", Kind::Creator),
];

const COMPANY: &[(&str, Kind<'static>)] = &[
    ("name", Kind::Text),
    ("description", Kind::Text),
    ("industry", Kind::Text),
    ("emails", Kind::Emails),
    ("phones", Kind::Texts),
    ("addresses", Kind::Texts),
    ("urls", Kind::Texts),
    ("funding_raised", Kind::Number),
    ("last_funding_date", Kind::Date),
    ("foundation_year", Kind::Choice(FOUNDATION_YEAR)),
    ("employee_range", Kind::Choice(EMPLOYEE_RANGE)),
    ("create_time", Kind::Time),
    ("groups", Kind::Links(&["grp_"])),
    ("created_by", Kind::Creator),
];

const DEAL: &[(&str, Kind<'static>)] = &[
    ("name", Kind::Text),
    ("people", Kind::Links(&["per_"])),
    ("companies", Kind::Links(&["com_"])),
    ("create_time", Kind::Time),
    ("created_by", Kind::Creator),
];

impl<'a> FilterFields<'a> {
    /// Those of people.
    #[must_use]
    pub fn of_people() -> Self {
        Self {
            plain: PERSON,
            custom: CustomFields::OfGroups(Member::Person),
        }
    }

    /// Those of companies.
    #[must_use]
    pub fn of_companies() -> Self {
        Self {
            plain: COMPANY,
            custom: CustomFields::OfGroups(Member::Company),
        }
    }

    /// Those of deals with these custom fields.
    #[must_use]
    pub fn of_deals(fields: &'a FieldSet) -> Self {
        Self {
            plain: DEAL,
            custom: CustomFields::Own(fields),
        }
    }
}
