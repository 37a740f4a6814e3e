//! Types of fields and formats of numbers by their names in JSON.

use proto::v1::custom_field::Type;
use proto::v1::numeric_config::Format;

use crate::json::Named;

pub(super) const TYPES: [Named<Type>; 9] = [
    ("textField", Type::Text),
    ("magicField", Type::Magic),
    ("numericField", Type::Numeric),
    ("dateField", Type::Date),
    ("singleSelect", Type::SingleSelect),
    ("multipleSelect", Type::MultipleSelect),
    ("contactField", Type::Contact),
    ("userField", Type::User),
    ("objectField", Type::Object),
];

pub(super) const FORMATS: [Named<Format>; 5] = [
    ("default", Format::Default),
    ("percent", Format::Percent),
    ("currency", Format::Currency),
    ("none", Format::None),
    ("number", Format::Number),
];

pub(super) fn type_name(field_type: Type) -> &'static str {
    TYPES
        .into_iter()
        .find_map(|(name, one)| (one == field_type).then_some(name))
        .unwrap_or_default()
}

/// Without a format it is the default.
pub(super) fn format_name(format: Format) -> &'static str {
    FORMATS
        .into_iter()
        .find_map(|(name, one)| (one == format).then_some(name))
        .unwrap_or("default")
}
