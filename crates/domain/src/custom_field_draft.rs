//! What a request says a custom field is to be.

use crate::option_draft::read_options;
use crate::{
    CustomField, CustomFieldId, FieldKind, FieldType, Name, NumericDisplay, ObjectTypeId, OptionDraft,
    OptionId, OptionsChange, Path, Problem, RawNumericDisplay, RawSelectOption, SelectOptions, Violations,
};

/// The name of a custom field.
pub type FieldName = Name<255>;

/// Names that an object type cannot have, since callers would mean something else by them.
const RESERVED: [&str; 3] = ["person", "company", "custom-fields"];

/// A custom field as a request says it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawCustomField {
    /// The name.
    pub name: String,
    /// The type; nothing if the request names none that exists.
    pub kind: Option<FieldKind>,
    /// The options of a select.
    pub options: Vec<RawSelectOption>,
    /// How to show numbers; nothing if the request does not say.
    pub numeric: Option<RawNumericDisplay>,
}

/// A custom field that is yet to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomFieldDraft {
    /// The name.
    pub name: FieldName,
    /// What it holds.
    pub field_type: FieldTypeDraft,
}

/// What a field that is yet to be made holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldTypeDraft {
    /// Text that people write.
    Text,
    /// Text that a program writes.
    Magic,
    /// A number.
    Numeric(NumericDisplay),
    /// A date.
    Date,
    /// One of some options.
    SingleSelect(Vec<OptionDraft>),
    /// Any of some options.
    MultipleSelect(Vec<OptionDraft>),
    /// People and companies.
    Contact,
    /// Users.
    User,
    /// Objects of the type that is called as the field.
    Object,
}

impl CustomFieldDraft {
    /// Reads a field of a request; reports everything that is wrong at the fields `name`, `type`, `options` and
    /// `numeric` below `path`, and answers nothing then.
    pub fn read(raw: RawCustomField, path: &Path<'_>, violations: &mut Violations) -> Option<Self> {
        let RawCustomField {
            name,
            kind,
            options,
            numeric,
        } = raw;
        let before = violations.total();
        let name = read_name(name, kind, &path.field("name"), violations);
        if kind.is_none() {
            let options = FieldKind::ALL.map(|kind| kind.as_str().to_owned()).to_vec();
            let message = format!("a type is needed: {}", options.join(", "));
            violations.add(
                &path.field("type"),
                Problem::InvalidEnumValue { options },
                message,
            );
        }
        for (index, option) in options.iter().enumerate() {
            if !option.former_label.is_empty() {
                let path = path.field("options");
                let path = path.index(index);
                let message = "a new field has no options that could be renamed";
                violations.custom(&path.field("former_label"), message);
            }
        }
        let options = read_options_of(kind, options, path, violations);
        let numeric = read_numeric_of(kind, numeric, path, violations);
        if violations.total() > before {
            return None;
        }
        let field_type = match kind? {
            FieldKind::Text => FieldTypeDraft::Text,
            FieldKind::Magic => FieldTypeDraft::Magic,
            FieldKind::Numeric => FieldTypeDraft::Numeric(numeric?),
            FieldKind::Date => FieldTypeDraft::Date,
            FieldKind::SingleSelect => FieldTypeDraft::SingleSelect(options),
            FieldKind::MultipleSelect => FieldTypeDraft::MultipleSelect(options),
            FieldKind::Contact => FieldTypeDraft::Contact,
            FieldKind::User => FieldTypeDraft::User,
            FieldKind::Object => FieldTypeDraft::Object,
        };
        Some(Self {
            name: name?,
            field_type,
        })
    }

    /// The field that the draft becomes. An object field points to the type `object_type`.
    pub fn into_field(
        self,
        id: CustomFieldId,
        object_type: ObjectTypeId,
        mut new_option_id: impl FnMut() -> OptionId,
    ) -> CustomField {
        let Self { name, field_type } = self;
        let mut made = |drafts: Vec<OptionDraft>| {
            // Without options before, nothing can be wrong with how the drafts relate to them.
            let mut none = Violations::default();
            let path = Path::root("options");
            OptionsChange::decide(
                &SelectOptions::default(),
                &drafts,
                &mut new_option_id,
                &path,
                &mut none,
            )
            .options
        };
        let field_type = match field_type {
            FieldTypeDraft::Text => FieldType::Text,
            FieldTypeDraft::Magic => FieldType::Magic,
            FieldTypeDraft::Numeric(NumericDisplay { format, currency }) => {
                FieldType::Numeric { format, currency }
            }
            FieldTypeDraft::Date => FieldType::Date,
            FieldTypeDraft::SingleSelect(drafts) => FieldType::SingleSelect(made(drafts)),
            FieldTypeDraft::MultipleSelect(drafts) => FieldType::MultipleSelect(made(drafts)),
            FieldTypeDraft::Contact => FieldType::Contact,
            FieldTypeDraft::User => FieldType::User,
            FieldTypeDraft::Object => FieldType::Object(object_type),
        };
        CustomField {
            id,
            name: name.as_str().to_owned(),
            former_names: Vec::new(),
            field_type,
        }
    }
}

/// What is to be new about a custom field; what is nothing stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomFieldPatch {
    /// The name.
    pub name: Option<FieldName>,
    /// The whole list of options.
    pub options: Option<Vec<OptionDraft>>,
    /// How to show numbers.
    pub numeric: Option<NumericDisplay>,
}

/// What a request says is to be new about a custom field; what is nothing stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawCustomFieldPatch {
    /// The name.
    pub name: Option<String>,
    /// The whole list of options.
    pub options: Option<Vec<RawSelectOption>>,
    /// How to show numbers.
    pub numeric: Option<RawNumericDisplay>,
}

impl CustomFieldPatch {
    /// Reads what a request says is to be new about a field of this type; reports everything that is wrong at the
    /// fields `name`, `options` and `numeric` below `path`.
    pub fn read(
        raw: RawCustomFieldPatch,
        kind: FieldKind,
        path: &Path<'_>,
        violations: &mut Violations,
    ) -> Self {
        let RawCustomFieldPatch {
            name,
            options,
            numeric,
        } = raw;
        let path_of_name = path.field("name");
        Self {
            name: name.and_then(|name| read_name(name, Some(kind), &path_of_name, violations)),
            options: match options {
                Some(options) if kind.has_options() => {
                    Some(read_options_of(Some(kind), options, path, violations))
                }
                Some(_) => {
                    refuse_options(kind, path, violations);
                    None
                }
                None => None,
            },
            numeric: numeric.and_then(|numeric| read_numeric_of(Some(kind), Some(numeric), path, violations)),
        }
    }
}

fn read_name(
    name: String,
    kind: Option<FieldKind>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> Option<FieldName> {
    let name = FieldName::parse(name, path, violations)?;
    if kind == Some(FieldKind::Object) && RESERVED.contains(&name.as_str()) {
        let message = format!(
            "objects cannot be called so, since it means something else in addresses: {}",
            RESERVED.join(", ")
        );
        violations.custom(path, message);
        return None;
    }
    Some(name)
}

fn refuse_options(kind: FieldKind, path: &Path<'_>, violations: &mut Violations) {
    let message = format!("only selects have options, not a {}", kind.as_str());
    violations.custom(&path.field("options"), message);
}

fn read_options_of(
    kind: Option<FieldKind>,
    options: Vec<RawSelectOption>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> Vec<OptionDraft> {
    match kind {
        Some(kind) if !kind.has_options() => {
            if !options.is_empty() {
                refuse_options(kind, path, violations);
            }
            Vec::new()
        }
        Some(_) | None => read_options(options, &path.field("options"), violations),
    }
}

/// How to show the numbers of a numeric field: as clients like, if the request does not say.
fn read_numeric_of(
    kind: Option<FieldKind>,
    numeric: Option<RawNumericDisplay>,
    path: &Path<'_>,
    violations: &mut Violations,
) -> Option<NumericDisplay> {
    let path = path.field("numeric");
    match (kind, numeric) {
        (Some(FieldKind::Numeric) | None, numeric) => {
            NumericDisplay::read(numeric.unwrap_or_default(), &path, violations)
        }
        (Some(kind), Some(_)) => {
            let message = format!("only a numericField shows numbers, not a {}", kind.as_str());
            violations.custom(&path, message);
            None
        }
        (Some(_), None) => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::NumericFormat;

    fn raw(name: &str, kind: Option<FieldKind>) -> RawCustomField {
        RawCustomField {
            name: name.to_owned(),
            kind,
            options: Vec::new(),
            numeric: None,
        }
    }

    fn option(label: &str) -> RawSelectOption {
        RawSelectOption {
            label: label.to_owned(),
            color: String::new(),
            former_label: String::new(),
        }
    }

    fn usd() -> RawNumericDisplay {
        RawNumericDisplay {
            format: Some(NumericFormat::Currency),
            currency: "USD".to_owned(),
        }
    }

    fn read(raw: RawCustomField) -> Result<CustomFieldDraft, Vec<String>> {
        let mut violations = Violations::default();
        let draft = CustomFieldDraft::read(raw, &Path::root("custom_field"), &mut violations);
        let place = |one: &crate::Violation| format!("{:?}", &one.path[1..]);
        draft.ok_or_else(|| violations.kept().iter().map(place).collect())
    }

    #[test]
    fn a_field_of_every_type_keeps_its_name_and_type() {
        for kind in FieldKind::ALL {
            let draft = read(raw(" Name ", Some(kind))).unwrap();
            let target = ObjectTypeId::new(Uuid::from_u128(2));
            let field = draft.into_field(CustomFieldId::new(Uuid::from_u128(1)), target, || {
                OptionId::new(Uuid::from_u128(3))
            });
            assert_eq!((field.name.as_str(), field.field_type.kind()), ("Name", kind));
        }
    }

    #[test]
    fn options_are_for_selects_and_formats_for_numbers() {
        for kind in FieldKind::ALL {
            let mut with_options = raw("Name", Some(kind));
            with_options.options = vec![option("A")];
            let expected = if kind.has_options() {
                vec![]
            } else {
                vec![r#"[Field("options")]"#.to_owned()]
            };
            assert_eq!(read(with_options).err().unwrap_or_default(), expected, "{kind:?}");

            let mut with_numeric = raw("Name", Some(kind));
            with_numeric.numeric = Some(usd());
            let numeric = kind == FieldKind::Numeric;
            let expected = if numeric {
                vec![]
            } else {
                vec![r#"[Field("numeric")]"#.to_owned()]
            };
            assert_eq!(read(with_numeric).err().unwrap_or_default(), expected, "{kind:?}");
        }
    }

    #[test]
    fn a_field_tells_all_that_is_wrong_with_it() {
        let wrong = RawCustomField {
            name: "\0".to_owned(),
            kind: None,
            options: vec![RawSelectOption {
                former_label: "B".to_owned(),
                ..option("")
            }],
            numeric: Some(RawNumericDisplay {
                currency: "EUR".to_owned(),
                ..RawNumericDisplay::default()
            }),
        };
        assert_eq!(
            read(wrong).unwrap_err(),
            [
                r#"[Field("name")]"#,
                r#"[Field("type")]"#,
                r#"[Field("options"), Index(0), Field("former_label")]"#,
                r#"[Field("options"), Index(0), Field("label")]"#,
                r#"[Field("numeric"), Field("currency")]"#,
            ]
        );
    }

    #[test]
    fn objects_are_not_called_as_other_things_are() {
        for name in RESERVED {
            assert!(read(raw(name, Some(FieldKind::Text))).is_ok());
            assert_eq!(
                read(raw(name, Some(FieldKind::Object))).unwrap_err(),
                [r#"[Field("name")]"#]
            );
        }
    }

    #[test]
    fn a_patch_reads_what_is_new_and_nothing_else() {
        let mut violations = Violations::default();
        let path = Path::root("custom_field");
        let patch = RawCustomFieldPatch {
            options: Some(Vec::new()),
            ..RawCustomFieldPatch::default()
        };
        let read = CustomFieldPatch::read(patch.clone(), FieldKind::SingleSelect, &path, &mut violations);
        assert!(violations.is_empty());
        let expected = CustomFieldPatch {
            options: Some(Vec::new()),
            ..CustomFieldPatch::default()
        };
        assert_eq!(read, expected);
        CustomFieldPatch::read(patch, FieldKind::Text, &path, &mut violations);
        assert_eq!(violations.total(), 1);
    }
}
