//! Custom values as a request sends them, by their form alone.

use domain::{RawGroupValues, RawReference, RawValue};
use proto::v1::custom_value::{Kind, References, Texts};
use proto::v1::reference::Target;
use proto::v1::{CustomValue, Date, FieldValue, GroupValues, Reference};

/// The values of all groups.
pub(crate) fn from_proto(groups: Vec<GroupValues>) -> Vec<RawGroupValues> {
    let group = |GroupValues { group_id, values }| RawGroupValues {
        group_id,
        values: values.into_iter().map(field_value).collect(),
    };
    groups.into_iter().map(group).collect()
}

/// The name of a field and its value.
pub(crate) fn field_value(FieldValue { name, value }: FieldValue) -> (String, RawValue) {
    let kind = value.and_then(|CustomValue { kind }| kind);
    let value = match kind {
        None => RawValue::Unset,
        Some(Kind::NullValue(_)) => RawValue::Null,
        Some(Kind::Text(text)) => RawValue::Text(text),
        Some(Kind::Number(text)) => RawValue::Number(text),
        Some(Kind::Date(Date { year, month, day })) => RawValue::Date { year, month, day },
        Some(Kind::Texts(Texts { items })) => RawValue::Texts(items),
        Some(Kind::References(References { items })) => {
            RawValue::References(items.into_iter().map(reference).collect())
        }
        Some(Kind::Other(form)) => RawValue::Other(form),
    };
    (name, value)
}

fn reference(reference: Reference) -> RawReference {
    let Reference {
        target,
        full_name: _,
        entity_type: _,
        user_email: _,
    } = reference;
    match target {
        Some(Target::Id(id)) => RawReference::Id(id),
        Some(Target::Email(email)) => RawReference::Email(email),
        None => RawReference::Unset,
    }
}
