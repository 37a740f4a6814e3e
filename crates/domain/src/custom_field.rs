//! The custom fields that a group defines.

use std::collections::HashMap;

use crate::{CustomFieldId, FieldKind, ObjectTypeId, OptionId};

/// How numbers of a numeric field are to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumericFormat {
    /// As the client likes.
    Default,
    /// As a percentage.
    Percent,
    /// With a currency.
    Currency,
    /// Without separators.
    None,
    /// With separators.
    Number,
}

impl NumericFormat {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Self; 5] = [
        Self::Default,
        Self::Percent,
        Self::Currency,
        Self::None,
        Self::Number,
    ];

    /// The format's public name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Percent => "percent",
            Self::Currency => "currency",
            Self::None => "none",
            Self::Number => "number",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }
}

/// What a custom field holds.
#[derive(Debug, Clone)]
pub enum FieldType {
    /// Text that people write.
    Text,
    /// Text that a program writes.
    Magic,
    /// A number.
    Numeric {
        /// How to show it.
        format: NumericFormat,
        /// The ISO 4217 code, for the format `currency`.
        currency: Option<String>,
    },
    /// A date.
    Date,
    /// One of some options.
    SingleSelect(SelectOptions),
    /// Any of some options.
    MultipleSelect(SelectOptions),
    /// People and companies.
    Contact,
    /// Users.
    User,
    /// Objects of one type.
    Object(ObjectTypeId),
}

impl FieldType {
    /// The type without what it is made of.
    #[must_use]
    pub const fn kind(&self) -> FieldKind {
        match self {
            Self::Text => FieldKind::Text,
            Self::Magic => FieldKind::Magic,
            Self::Numeric { .. } => FieldKind::Numeric,
            Self::Date => FieldKind::Date,
            Self::SingleSelect(_) => FieldKind::SingleSelect,
            Self::MultipleSelect(_) => FieldKind::MultipleSelect,
            Self::Contact => FieldKind::Contact,
            Self::User => FieldKind::User,
            Self::Object(_) => FieldKind::Object,
        }
    }

    /// The type's public name.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.kind().as_str()
    }

    /// The options of a select.
    #[must_use]
    pub const fn options(&self) -> Option<&SelectOptions> {
        match self {
            Self::SingleSelect(options) | Self::MultipleSelect(options) => Some(options),
            Self::Text
            | Self::Magic
            | Self::Numeric { .. }
            | Self::Date
            | Self::Contact
            | Self::User
            | Self::Object(_) => None,
        }
    }

    /// The type of the objects that the field leads to.
    #[must_use]
    pub const fn object_type(&self) -> Option<ObjectTypeId> {
        match self {
            Self::Object(object_type) => Some(*object_type),
            Self::Text
            | Self::Magic
            | Self::Numeric { .. }
            | Self::Date
            | Self::SingleSelect(_)
            | Self::MultipleSelect(_)
            | Self::Contact
            | Self::User => None,
        }
    }
}

/// A custom field.
#[derive(Debug, Clone)]
pub struct CustomField {
    /// The field's id, under which values are stored.
    pub id: CustomFieldId,
    /// The name, by which callers address it.
    pub name: String,
    /// Names it had before, which still work while no other field has them.
    pub former_names: Vec<String>,
    /// What it holds.
    pub field_type: FieldType,
}

/// An option of a select field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectOption {
    /// The option's id, which values store.
    pub id: OptionId,
    /// The label, by which callers address it.
    pub label: String,
    /// The colour to show.
    pub color: String,
    /// Labels it had before, which still work while no other option has them.
    pub former_labels: Vec<String>,
}

/// Names in use and former names, each leading to a position.
#[derive(Debug, Clone, Default)]
struct NameIndex {
    current: HashMap<String, usize>,
    former: HashMap<String, usize>,
}

impl NameIndex {
    fn new<'a>(names: impl Iterator<Item = (&'a str, &'a [String])>) -> Self {
        let mut index = Self::default();
        for (position, (name, former_names)) in names.enumerate() {
            index.current.insert(name.to_owned(), position);
            for former in former_names {
                index.former.insert(former.clone(), position);
            }
        }
        index
    }

    /// The position that the name leads to, and whether only as a former name.
    fn find(&self, name: &str) -> Option<(usize, bool)> {
        let current = self.current.get(name).map(|position| (*position, false));
        current.or_else(|| self.former.get(name).map(|position| (*position, true)))
    }
}

/// The fields that a group defines for one kind of record, in their order.
#[derive(Debug, Clone, Default)]
pub struct FieldSet {
    fields: Vec<CustomField>,
    names: NameIndex,
}

impl FieldSet {
    /// The set of these fields, in this order.
    #[must_use]
    pub fn new(fields: Vec<CustomField>) -> Self {
        let names = NameIndex::new(
            fields
                .iter()
                .map(|field| (field.name.as_str(), field.former_names.as_slice())),
        );
        Self { fields, names }
    }

    /// The fields in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[CustomField] {
        &self.fields
    }

    /// The field whose name this is now.
    #[must_use]
    pub fn called(&self, name: &str) -> Option<&CustomField> {
        match self.find(name) {
            Some((field, false)) => Some(field),
            Some((_, true)) | None => None,
        }
    }

    /// The field of this name, and whether the name is a former one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(&CustomField, bool)> {
        let (position, former) = self.names.find(name)?;
        Some((self.fields.get(position)?, former))
    }
}

/// The options of a select field, in their order.
#[derive(Debug, Clone, Default)]
pub struct SelectOptions {
    options: Vec<SelectOption>,
    labels: NameIndex,
}

impl SelectOptions {
    /// These options, in this order.
    #[must_use]
    pub fn new(options: Vec<SelectOption>) -> Self {
        let labels = NameIndex::new(
            options
                .iter()
                .map(|option| (option.label.as_str(), option.former_labels.as_slice())),
        );
        Self { options, labels }
    }

    /// The options in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[SelectOption] {
        &self.options
    }

    /// The option of this label, and whether the label is a former one.
    #[must_use]
    pub fn find(&self, label: &str) -> Option<(&SelectOption, bool)> {
        let (position, former) = self.labels.find(label)?;
        Some((self.options.get(position)?, former))
    }

    /// The option of this id.
    #[must_use]
    pub fn get(&self, id: OptionId) -> Option<&SelectOption> {
        self.options.iter().find(|option| option.id == id)
    }

    /// The labels in their order.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        self.options.iter().map(|option| option.label.clone()).collect()
    }
}
