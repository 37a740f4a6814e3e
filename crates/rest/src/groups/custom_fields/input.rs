//! Custom fields on their way in.

use prost_types::FieldMask;
use proto::v1::custom_field::Type;
use proto::v1::numeric_config::Format;
use proto::v1::{CustomField, NumericConfig, SelectOption};

use super::names::{FORMATS, TYPES};
use crate::json::{Fields, Json, Path, ShapeIssues, boolean, list, named, text};

/// What is to change of a field.
#[derive(Default)]
pub(super) struct FieldPatch {
    pub(super) field: CustomField,
    pub(super) update_mask: FieldMask,
    pub(super) remove_used_options: bool,
}

/// Reads a new field.
pub(super) fn read_field(body: &Json<'_>, issues: &mut ShapeIssues) -> CustomField {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return CustomField::default();
    };
    let name = fields.required_text("name", issues).unwrap_or_default();
    let field_type = fields.required("type", "string", issues, |value, path, issues| {
        named(&TYPES, value, path, issues)
    });
    let options = fields.read("options", issues, |value, path, issues| {
        list(value, path, issues, new_option)
    });
    let numeric = fields.read("config", issues, config);
    fields.finish(issues);
    custom_field(name, field_type.unwrap_or(Type::Unspecified), options, numeric)
}

/// Reads a change; what cannot be read is not in the mask.
pub(super) fn read_patch(body: &Json<'_>, issues: &mut ShapeIssues) -> FieldPatch {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return FieldPatch::default();
    };
    let name = fields.read("name", issues, text);
    let options = fields.read("options", issues, |value, path, issues| {
        list(value, path, issues, option)
    });
    let numeric = fields.read("config", issues, config);
    let paths = fields
        .present()
        .filter(|(_, path)| !issues.is_unreadable(*path))
        .map(|(key, _)| if key == "config" { "numeric" } else { key }.to_owned())
        .collect();
    let remove_used_options = fields.read("removeUsedOptions", issues, boolean);
    fields.finish(issues);
    FieldPatch {
        field: custom_field(name, Type::Unspecified, options, numeric),
        update_mask: FieldMask { paths },
        remove_used_options,
    }
}

fn custom_field(
    name: String,
    field_type: Type,
    options: Vec<SelectOption>,
    numeric: Option<NumericConfig>,
) -> CustomField {
    CustomField {
        id: String::new(),
        group_id: String::new(),
        entity_type: String::new(),
        name,
        r#type: field_type.into(),
        options,
        numeric,
        former_names: Vec::new(),
    }
}

fn new_option(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<SelectOption> {
    let mut fields = Fields::of(value, path, issues)?;
    let option = label_and_color(&mut fields, issues);
    fields.finish(issues);
    option
}

fn option(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<SelectOption> {
    let mut fields = Fields::of(value, path, issues)?;
    let option = label_and_color(&mut fields, issues);
    let former_label = fields.read("formerLabel", issues, text);
    fields.finish(issues);
    Some(SelectOption {
        former_label,
        ..option?
    })
}

fn label_and_color(fields: &mut Fields<'_, '_>, issues: &mut ShapeIssues) -> Option<SelectOption> {
    let label = fields.required_text("label", issues);
    let color = fields.read("color", issues, text);
    Some(SelectOption {
        label: label?,
        color,
        former_label: String::new(),
    })
}

fn config(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Option<NumericConfig>> {
    let mut fields = Fields::of(value, path, issues)?;
    let format = fields.read("format", issues, |value, path, issues| {
        named(&FORMATS, value, path, issues).map(Some)
    });
    let currency = fields.read("currency", issues, text);
    fields.finish(issues);
    Some(Some(NumericConfig {
        format: format.unwrap_or(Format::Unspecified).into(),
        currency,
    }))
}
