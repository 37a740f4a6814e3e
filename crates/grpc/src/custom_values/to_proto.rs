//! Custom values as an answer shows them.

use domain::{
    Contact, CustomField, CustomFieldId, CustomValue, Date, Definitions, FieldSet, Member, Membership,
    OptionId, RecordNames, UserId,
};
use proto::v1::custom_value::{Kind, References, Texts};
use proto::v1::reference::Target;
use proto::v1::{EntityType, FieldValue, GroupValues, Reference};
use uuid::Uuid;

use crate::convert::{date, user};

/// The values of one membership of a record of this kind.
pub(crate) fn of_membership(
    membership: Membership,
    member: Member,
    names: &RecordNames,
    definitions: &Definitions,
) -> Option<GroupValues> {
    let group = definitions.group(membership.group_id)?;
    Some(GroupValues {
        group_id: group.id.into(),
        values: of_fields(member.fields(group), membership.values, names, definitions),
    })
}

/// Every one of these fields in its order, those without a value too.
pub(crate) fn of_fields(
    fields: &FieldSet,
    mut values: Vec<(CustomFieldId, CustomValue)>,
    names: &RecordNames,
    definitions: &Definitions,
) -> Vec<FieldValue> {
    let shown = |field: &CustomField| {
        let set = values.iter().position(|(id, _)| *id == field.id);
        let value = set.map(|index| values.swap_remove(index).1);
        let kind = value.and_then(|value| kind(field, value, names, definitions));
        FieldValue {
            name: field.name.clone(),
            value: Some(proto::v1::CustomValue {
                kind: Some(kind.unwrap_or(Kind::NullValue(0))),
            }),
        }
    };
    fields.as_slice().iter().map(shown).collect()
}

fn kind(
    field: &CustomField,
    value: CustomValue,
    names: &RecordNames,
    definitions: &Definitions,
) -> Option<Kind> {
    Some(match value {
        CustomValue::Text(text) => Kind::Text(text),
        CustomValue::Number(number) => Kind::Number(number.into_string()),
        CustomValue::Date(day) => Kind::Date(date(Date::naive(day))),
        CustomValue::Option(id) => Kind::Text(label(field, id)?),
        CustomValue::Options(ids) => Kind::Texts(Texts {
            items: ids.iter().filter_map(|id| label(field, *id)).collect(),
        }),
        CustomValue::Contacts(contacts) => references(contacts.iter().map(|contact| match contact {
            Contact::Person(id) => record((*id).into(), id.uuid(), names),
            Contact::Company(id) => record((*id).into(), id.uuid(), names),
        })),
        CustomValue::Users(ids) => references(ids.iter().filter_map(|id| user_reference(*id, definitions))),
        CustomValue::Objects(ids) => references(ids.iter().map(|id| record((*id).into(), id.uuid(), names))),
    })
}

fn references(items: impl Iterator<Item = Reference>) -> Kind {
    Kind::References(References {
        items: items.collect(),
    })
}

fn label(field: &CustomField, id: OptionId) -> Option<String> {
    let option = field.field_type.options()?.get(id)?;
    Some(option.label.clone())
}

fn record(id: String, uuid: Uuid, names: &RecordNames) -> Reference {
    let record = names.get(&uuid);
    let entity_type = match record.map(|record| record.entity_type) {
        None => EntityType::Unspecified,
        Some(domain::EntityType::Person) => EntityType::Person,
        Some(domain::EntityType::Company) => EntityType::Company,
        Some(domain::EntityType::Object) => EntityType::Object,
    };
    Reference {
        target: Some(Target::Id(id)),
        full_name: record.map(|record| record.name.clone()).unwrap_or_default(),
        entity_type: entity_type.into(),
        user_email: String::new(),
    }
}

fn user_reference(id: UserId, definitions: &Definitions) -> Option<Reference> {
    let proto::v1::User { id, full_name, email } = user(id, definitions)?;
    Some(Reference {
        target: Some(Target::Id(id)),
        full_name,
        entity_type: EntityType::User.into(),
        user_email: email,
    })
}
