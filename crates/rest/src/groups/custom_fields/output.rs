//! Custom fields on their way out.

use proto::v1::custom_field::Type;
use proto::v1::{CustomField, NumericConfig, SelectOption};
use serde::Serialize;

use super::names::{format_name, type_name};

/// A field as lists show it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FieldJson<'a> {
    name: &'a str,
    r#type: &'static str,
    /// Of selects only.
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<OptionJson<'a>>>,
    /// Of numeric fields only.
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<ConfigJson<'a>>,
}

/// A field as administrators see it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AdministeredFieldJson<'a> {
    id: &'a str,
    #[serde(flatten)]
    field: FieldJson<'a>,
    former_names: &'a [String],
}

#[derive(Serialize)]
struct OptionJson<'a> {
    label: &'a str,
    color: &'a str,
}

#[derive(Serialize)]
struct ConfigJson<'a> {
    format: &'static str,
    /// Of amounts of money only.
    #[serde(skip_serializing_if = "str::is_empty")]
    currency: &'a str,
}

impl<'a> From<&'a CustomField> for FieldJson<'a> {
    fn from(field: &'a CustomField) -> Self {
        let field_type = field.r#type();
        let CustomField {
            id: _,
            group_id: _,
            entity_type: _,
            name,
            r#type: _,
            options,
            numeric,
            former_names: _,
        } = field;
        let (has_options, has_config) = match field_type {
            Type::SingleSelect | Type::MultipleSelect => (true, false),
            Type::Numeric => (false, true),
            Type::Unspecified
            | Type::Text
            | Type::Magic
            | Type::Date
            | Type::Contact
            | Type::User
            | Type::Object => (false, false),
        };
        Self {
            name,
            r#type: type_name(field_type),
            options: has_options.then(|| options.iter().map(OptionJson::from).collect()),
            config: has_config.then(|| ConfigJson::from(numeric.as_ref())),
        }
    }
}

impl<'a> From<&'a CustomField> for AdministeredFieldJson<'a> {
    fn from(field: &'a CustomField) -> Self {
        Self {
            id: &field.id,
            field: FieldJson::from(field),
            former_names: &field.former_names,
        }
    }
}

impl<'a> From<&'a SelectOption> for OptionJson<'a> {
    fn from(option: &'a SelectOption) -> Self {
        let SelectOption {
            label,
            color,
            former_label: _,
        } = option;
        Self { label, color }
    }
}

impl<'a> From<Option<&'a NumericConfig>> for ConfigJson<'a> {
    fn from(numeric: Option<&'a NumericConfig>) -> Self {
        let format = numeric.map(NumericConfig::format).unwrap_or_default();
        Self {
            format: format_name(format),
            currency: numeric.map_or("", |numeric| &numeric.currency),
        }
    }
}
