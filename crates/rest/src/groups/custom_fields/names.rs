//! Types of fields and formats of numbers by their names in JSON.

use proto::v1::custom_field::Type;
use proto::v1::numeric_config::Format;

use crate::json::{Named, name_of};

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
    name_of(&TYPES, field_type).unwrap_or_default()
}

/// Without a format it is the default.
pub(super) fn format_name(format: Format) -> &'static str {
    name_of(&FORMATS, format).unwrap_or("default")
}
