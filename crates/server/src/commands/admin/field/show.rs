//! Custom fields as the command line writes and shows them.

use domain::{FieldKind, NumericFormat};
use proto::v1::custom_field::Type;
use proto::v1::numeric_config::Format;
use proto::v1::{CustomField, NumericConfig, SelectOption};
use serde_json::{Value, json};

/// The type of a public name.
pub(super) fn read_type(name: &str) -> Type {
    match FieldKind::parse(name) {
        None => Type::Unspecified,
        Some(FieldKind::Text) => Type::Text,
        Some(FieldKind::Magic) => Type::Magic,
        Some(FieldKind::Numeric) => Type::Numeric,
        Some(FieldKind::Date) => Type::Date,
        Some(FieldKind::SingleSelect) => Type::SingleSelect,
        Some(FieldKind::MultipleSelect) => Type::MultipleSelect,
        Some(FieldKind::Contact) => Type::Contact,
        Some(FieldKind::User) => Type::User,
        Some(FieldKind::Object) => Type::Object,
    }
}

/// How numbers are to be shown, if either says so.
pub(super) fn read_numeric(format: Option<&str>, currency: Option<&str>) -> Option<NumericConfig> {
    if format.is_none() && currency.is_none() {
        return None;
    }
    let format = match format.map(NumericFormat::parse) {
        // A currency alone says that it is one.
        None => Format::Currency,
        Some(None) => Format::Unspecified,
        Some(Some(NumericFormat::Default)) => Format::Default,
        Some(Some(NumericFormat::Percent)) => Format::Percent,
        Some(Some(NumericFormat::Currency)) => Format::Currency,
        Some(Some(NumericFormat::None)) => Format::None,
        Some(Some(NumericFormat::Number)) => Format::Number,
    };
    Some(NumericConfig {
        format: format.into(),
        currency: currency.unwrap_or_default().to_owned(),
    })
}

pub(super) fn kind(field: &CustomField) -> &'static str {
    let kind = FieldKind::ALL
        .into_iter()
        .find(|kind| read_type(kind.as_str()) == field.r#type());
    kind.map_or("", FieldKind::as_str)
}

fn format(numeric: &NumericConfig) -> &'static str {
    let known = NumericFormat::ALL.map(NumericFormat::as_str).into_iter();
    let shown = |name: &&str| read_numeric(Some(name), None).is_some_and(|one| one.format == numeric.format);
    known.into_iter().find(shown).unwrap_or("")
}

/// What there is to say of the field beside its name and type.
pub(super) fn details(field: &CustomField) -> String {
    let labels: Vec<_> = field.options.iter().map(|option| option.label.as_str()).collect();
    let mut details = labels.join(", ");
    if let Some(numeric) = &field.numeric {
        details = format!("{} {}", format(numeric), numeric.currency);
    }
    if !field.former_names.is_empty() {
        details = format!("{details} (was {})", field.former_names.join(", "));
    }
    details.trim().to_owned()
}

/// The field for programs, in the form of the REST API with a little more.
pub(super) fn as_json(field: &CustomField) -> Value {
    let CustomField {
        id,
        group_id,
        entity_type,
        name,
        r#type: _,
        options,
        numeric,
        former_names,
    } = field;
    let mut json = json!({
        "id": id,
        "groupId": group_id,
        "entityType": entity_type,
        "name": name,
        "type": kind(field),
        "formerNames": former_names,
    });
    match field.r#type() {
        Type::SingleSelect | Type::MultipleSelect => {
            json["options"] = options.iter().map(option_as_json).collect();
        }
        Type::Unspecified
        | Type::Text
        | Type::Magic
        | Type::Numeric
        | Type::Date
        | Type::Contact
        | Type::User
        | Type::Object => {}
    }
    if let Some(numeric) = numeric {
        let currency = Some(&numeric.currency).filter(|currency| !currency.is_empty());
        json["config"] = json!({"format": format(numeric), "currency": currency});
    }
    json
}

fn option_as_json(option: &SelectOption) -> Value {
    let SelectOption {
        label,
        color,
        former_label: _,
    } = option;
    json!({"label": label, "color": color})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_formats_are_shown_as_they_are_written() {
        for known in FieldKind::ALL {
            let mut field = CustomField::default();
            field.set_type(read_type(known.as_str()));
            assert_eq!(kind(&field), known.as_str());
        }
        for known in NumericFormat::ALL {
            assert_eq!(
                format(&read_numeric(Some(known.as_str()), None).unwrap()),
                known.as_str()
            );
        }
        assert_eq!(
            read_numeric(None, Some("EUR")).unwrap().format(),
            Format::Currency
        );
        assert_eq!(read_numeric(None, None), None);
    }
}
