//! Which parts of a custom field an update is about.

use domain::{Path, Problem, RawCustomFieldPatch, Violations};
use prost_types::FieldMask;
use proto::v1::CustomField;

use crate::custom_fields::convert;

/// What a mask can name, beside `*` for all of it.
const NAMES: [&str; 3] = ["name", "options", "numeric"];

/// What is to be new. Without a mask it is what the field of the request has set, and with `*` all that the type has.
pub(super) fn read_patch(
    field: CustomField,
    mask: Option<FieldMask>,
    has_options: bool,
    is_numeric: bool,
    violations: &mut Violations,
) -> RawCustomFieldPatch {
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
    let mask = mask.filter(|mask| !mask.paths.is_empty());
    let [wants_name, wants_options, wants_numeric] = match &mask {
        None => [!name.is_empty(), !options.is_empty(), numeric.is_some()],
        Some(mask) => {
            check(mask, violations);
            let names = |name: &str| mask.paths.iter().any(|path| path == name);
            let all = names("*");
            [
                all || names("name"),
                (all && has_options) || names("options"),
                (all && is_numeric) || names("numeric"),
            ]
        }
    };
    RawCustomFieldPatch {
        name: wants_name.then_some(name),
        options: wants_options.then(|| convert::read_options(options)),
        numeric: wants_numeric.then(|| numeric.map(convert::read_numeric).unwrap_or_default()),
    }
}

fn check(mask: &FieldMask, violations: &mut Violations) {
    let root = Path::root("update_mask");
    let paths = root.field("paths");
    for (index, path) in mask.paths.iter().enumerate() {
        if path != "*" && !NAMES.contains(&path.as_str()) {
            let options = NAMES.map(str::to_owned).to_vec();
            let message = format!("this cannot be changed; what can is: {}", NAMES.join(", "));
            violations.add(
                &paths.index(index),
                Problem::InvalidEnumValue { options },
                message,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use proto::v1::NumericConfig;

    use super::*;

    /// What of name, options and numeric is to be new, and how many violations there are.
    fn read(field: CustomField, paths: &[&str]) -> ([bool; 3], usize) {
        let mut violations = Violations::default();
        let mask = FieldMask {
            paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        };
        let patch = read_patch(field, Some(mask), true, false, &mut violations);
        let RawCustomFieldPatch {
            name,
            options,
            numeric,
        } = patch;
        (
            [name.is_some(), options.is_some(), numeric.is_some()],
            violations.total(),
        )
    }

    #[test]
    fn a_mask_says_what_is_new_and_without_one_what_is_set_is() {
        let set = || CustomField {
            name: "Name".to_owned(),
            numeric: Some(NumericConfig::default()),
            ..CustomField::default()
        };
        for (paths, expected) in [
            (&["name"][..], ([true, false, false], 0)),
            (&["options", "numeric"], ([false, true, true], 0)),
            (&["*"], ([true, true, false], 0)),
            (&["name", "type", "nmae"], ([true, false, false], 2)),
            (&[], ([true, false, true], 0)),
        ] {
            assert_eq!(read(set(), paths), expected, "{paths:?}");
        }
        assert_eq!(read(CustomField::default(), &[]), ([false; 3], 0));
    }
}
