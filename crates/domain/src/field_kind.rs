//! The types of custom fields by name alone.

/// What a custom field holds, without what its type is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text that people write.
    Text,
    /// Text that a program writes.
    Magic,
    /// A number.
    Numeric,
    /// A date.
    Date,
    /// One of some options.
    SingleSelect,
    /// Any of some options.
    MultipleSelect,
    /// People and companies.
    Contact,
    /// Users.
    User,
    /// Objects of the type that is called as the field.
    Object,
}

impl FieldKind {
    /// Every type, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Magic,
        Self::Numeric,
        Self::Date,
        Self::SingleSelect,
        Self::MultipleSelect,
        Self::Contact,
        Self::User,
        Self::Object,
    ];

    /// The type's public name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "textField",
            Self::Magic => "magicField",
            Self::Numeric => "numericField",
            Self::Date => "dateField",
            Self::SingleSelect => "singleSelect",
            Self::MultipleSelect => "multipleSelect",
            Self::Contact => "contactField",
            Self::User => "userField",
            Self::Object => "objectField",
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether fields of the type have options.
    #[must_use]
    pub const fn has_options(self) -> bool {
        match self {
            Self::SingleSelect | Self::MultipleSelect => true,
            Self::Text
            | Self::Magic
            | Self::Numeric
            | Self::Date
            | Self::Contact
            | Self::User
            | Self::Object => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_its_name() {
        for kind in FieldKind::ALL {
            assert_eq!(FieldKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(FieldKind::parse("text"), None);
    }
}
