//! What can be asked of which field.

use super::Operator;
use crate::{CustomField, FieldSet, FieldType, Group};

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
}

impl Kind<'_> {
    pub(super) const fn operators(self) -> &'static [Operator] {
        use Operator::{All, Empty, Eq, Gt, In, Like, Lt, NotEmpty, NotEq, NotIn, NotLike};
        match self {
            Self::Text | Self::Texts | Self::Emails => &[Eq, NotEq, Like, NotLike, Empty, NotEmpty],
            Self::Number | Self::Date | Self::Time => &[Eq, NotEq, Gt, Lt, Empty, NotEmpty],
            Self::Options(_) => &[Eq, NotEq, In, NotIn, All, Empty, NotEmpty],
            Self::Links(_) | Self::Users => &[In, NotIn, All, Empty, NotEmpty],
            Self::Creator => &[In, NotIn],
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
pub struct FilterFields {
    pub(super) plain: &'static [(&'static str, Kind<'static>)],
    /// Those that a group defines.
    pub(super) custom: fn(&Group) -> &FieldSet,
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

impl FilterFields {
    /// Those of people.
    #[must_use]
    pub fn of_people() -> Self {
        Self {
            plain: PERSON,
            custom: |group| &group.person_fields,
        }
    }
}
