//! Custom fields as callers write and see them.

use domain::{
    CustomField, DefinedField, FieldKind, FieldType, NumericFormat, RawCustomField, RawNumericDisplay,
    RawSelectOption, SelectOption, SelectOptions,
};
use proto::v1::custom_field::Type;
use proto::v1::numeric_config::Format;
use proto::v1::{self as api, NumericConfig};

/// The field.
pub(crate) fn field(defined: &DefinedField<'_>) -> api::CustomField {
    let DefinedField {
        group,
        entity_type,
        owner: _,
        siblings: _,
        field,
    } = defined;
    let CustomField {
        id,
        name,
        former_names,
        field_type,
    } = field;
    let (options, numeric) = parts(field_type);
    api::CustomField {
        id: (*id).into(),
        group_id: group.id.into(),
        entity_type: (*entity_type).to_owned(),
        name: name.clone(),
        r#type: kind(field_type.kind()).into(),
        options,
        numeric,
        former_names: former_names.clone(),
    }
}

/// What only some types have: options, and how numbers are shown.
fn parts(field_type: &FieldType) -> (Vec<api::SelectOption>, Option<NumericConfig>) {
    match field_type {
        FieldType::SingleSelect(options) | FieldType::MultipleSelect(options) => {
            (shown_options(options), None)
        }
        FieldType::Numeric { format, currency } => {
            let numeric = NumericConfig {
                format: shown_format(*format).into(),
                currency: currency.clone().unwrap_or_default(),
            };
            (Vec::new(), Some(numeric))
        }
        FieldType::Text
        | FieldType::Magic
        | FieldType::Date
        | FieldType::Contact
        | FieldType::User
        | FieldType::Object(_) => (Vec::new(), None),
    }
}

fn shown_options(options: &SelectOptions) -> Vec<api::SelectOption> {
    let option = |option: &SelectOption| {
        let SelectOption {
            id: _,
            label,
            color,
            former_labels: _,
        } = option;
        api::SelectOption {
            label: label.clone(),
            color: color.clone(),
            former_label: String::new(),
        }
    };
    options.as_slice().iter().map(option).collect()
}

fn kind(kind: FieldKind) -> Type {
    match kind {
        FieldKind::Text => Type::Text,
        FieldKind::Magic => Type::Magic,
        FieldKind::Numeric => Type::Numeric,
        FieldKind::Date => Type::Date,
        FieldKind::SingleSelect => Type::SingleSelect,
        FieldKind::MultipleSelect => Type::MultipleSelect,
        FieldKind::Contact => Type::Contact,
        FieldKind::User => Type::User,
        FieldKind::Object => Type::Object,
    }
}

/// Nothing for a type that is not named, or that this version does not know.
fn read_kind(number: i32) -> Option<FieldKind> {
    match Type::try_from(number).ok()? {
        Type::Unspecified => None,
        Type::Text => Some(FieldKind::Text),
        Type::Magic => Some(FieldKind::Magic),
        Type::Numeric => Some(FieldKind::Numeric),
        Type::Date => Some(FieldKind::Date),
        Type::SingleSelect => Some(FieldKind::SingleSelect),
        Type::MultipleSelect => Some(FieldKind::MultipleSelect),
        Type::Contact => Some(FieldKind::Contact),
        Type::User => Some(FieldKind::User),
        Type::Object => Some(FieldKind::Object),
    }
}

fn shown_format(format: NumericFormat) -> Format {
    match format {
        NumericFormat::Default => Format::Default,
        NumericFormat::Percent => Format::Percent,
        NumericFormat::Currency => Format::Currency,
        NumericFormat::None => Format::None,
        NumericFormat::Number => Format::Number,
    }
}

/// Nothing for a format that this version does not know.
fn read_format(number: i32) -> Option<NumericFormat> {
    Some(match Format::try_from(number).ok()? {
        Format::Unspecified | Format::Default => NumericFormat::Default,
        Format::Percent => NumericFormat::Percent,
        Format::Currency => NumericFormat::Currency,
        Format::None => NumericFormat::None,
        Format::Number => NumericFormat::Number,
    })
}

/// How numbers are to be shown, as a request says it.
pub(crate) fn read_numeric(numeric: NumericConfig) -> RawNumericDisplay {
    let NumericConfig { format, currency } = numeric;
    RawNumericDisplay {
        format: read_format(format),
        currency,
    }
}

/// Options as a request lists them.
pub(crate) fn read_options(options: Vec<api::SelectOption>) -> Vec<RawSelectOption> {
    let option = |option: api::SelectOption| {
        let api::SelectOption {
            label,
            color,
            former_label,
        } = option;
        RawSelectOption {
            label,
            color,
            former_label,
        }
    };
    options.into_iter().map(option).collect()
}

/// What a request says a new field is to be; where it is to be is another matter.
pub(crate) fn read_field(field: api::CustomField) -> RawCustomField {
    let api::CustomField {
        id: _,
        group_id: _,
        entity_type: _,
        name,
        r#type,
        options,
        numeric,
        former_names: _,
    } = field;
    RawCustomField {
        name,
        kind: read_kind(r#type),
        options: read_options(options),
        numeric: numeric.map(read_numeric),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_formats_read_back_as_they_are_shown() {
        for one in FieldKind::ALL {
            assert_eq!(read_kind(kind(one).into()), Some(one));
        }
        for one in NumericFormat::ALL {
            assert_eq!(read_format(shown_format(one).into()), Some(one));
        }
        assert_eq!(read_kind(99), None);
        assert_eq!(read_format(99), None);
    }
}
