//! Which fields of a record an update means.

use std::collections::HashSet;
use std::hash::Hash;

use domain::{CompanyField, DealField, Path, PersonField, Problem, Violations};
use prost_types::FieldMask;

/// A field of a kind of record.
pub(crate) trait RecordField: Copy + Eq + Hash + 'static {
    /// All of them.
    const ALL: &'static [Self];

    /// The field's name.
    fn name(self) -> &'static str;
}

macro_rules! record_field {
    ($($Field:ident),+) => {$(
        impl RecordField for $Field {
            const ALL: &'static [Self] = Self::ALL;

            fn name(self) -> &'static str {
                self.as_str()
            }
        }
    )+};
}

record_field!(PersonField, CompanyField, DealField);

/// The fields that a mask names; without one those that say something, as `is_set` tells. Reports names of no field.
pub(crate) fn fields<F: RecordField>(
    mask: Option<FieldMask>,
    is_set: impl Fn(F) -> bool,
    violations: &mut Violations,
) -> HashSet<F> {
    let paths = mask.map(|mask| mask.paths).unwrap_or_default();
    if paths.is_empty() {
        return F::ALL.iter().copied().filter(|field| is_set(*field)).collect();
    }
    if paths == ["*"] {
        return F::ALL.iter().copied().collect();
    }
    let root = Path::root("update_mask");
    let list = root.field("paths");
    let mut fields = HashSet::new();
    for (index, name) in paths.iter().enumerate() {
        match F::ALL.iter().find(|field| field.name() == name) {
            Some(field) => {
                fields.insert(*field);
            }
            None => {
                let options: Vec<_> = F::ALL.iter().map(|field| field.name().to_owned()).collect();
                let message = format!(
                    "no such field to update: {name:?}; there are: {}",
                    options.join(", ")
                );
                violations.add(&list.index(index), Problem::InvalidEnumValue { options }, message);
            }
        }
    }
    fields
}
