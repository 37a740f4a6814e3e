//! Custom values: plain ones in the `jsonb` of a membership, links in rows where foreign keys hold them.

use std::collections::BTreeMap;
use std::fmt;

use domain::{Contact, CustomField, CustomFieldId, CustomValue, Date, Decimal, FieldType};
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

/// The plain values of one membership by field id.
pub(crate) type StoredValues = BTreeMap<Uuid, StoredValue>;

/// A plain value. What it means is for the type of its field to say.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum StoredValue {
    /// A text, a decimal, a date, or the id of an option.
    Text(String),
    /// The ids of options.
    Options(Vec<Uuid>),
}

// What serde derives for untagged enums keeps every value before it looks at it.
impl<'de> Deserialize<'de> for StoredValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StoredValueVisitor)
    }
}

struct StoredValueVisitor;

impl<'de> Visitor<'de> for StoredValueVisitor {
    type Value = StoredValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text or a list of ids")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<StoredValue, E> {
        Ok(StoredValue::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut ids: A) -> Result<StoredValue, A::Error> {
        let mut options = Vec::new();
        while let Some(id) = ids.next_element()? {
            options.push(id);
        }
        Ok(StoredValue::Options(options))
    }
}

/// What one entry of a contact, user or object field points to: one of the four.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct StoredTarget {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) target_person_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) target_company_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) target_user_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) target_object_id: Option<Uuid>,
}

/// Where a value is kept.
pub(crate) enum Placed {
    Plain(StoredValue),
    Links(Vec<StoredTarget>),
}

/// The form in which a value is kept.
pub(crate) fn to_stored(value: &CustomValue) -> Placed {
    let plain = |text: String| Placed::Plain(StoredValue::Text(text));
    match value {
        CustomValue::Text(text) => plain(text.clone()),
        CustomValue::Number(number) => plain(number.as_str().to_owned()),
        CustomValue::Date(date) => plain(date.to_string()),
        CustomValue::Option(option) => plain(option.uuid().to_string()),
        CustomValue::Options(options) => {
            Placed::Plain(StoredValue::Options(options.iter().map(|id| id.uuid()).collect()))
        }
        CustomValue::Contacts(contacts) => Placed::Links(contacts.iter().map(contact).collect()),
        CustomValue::Users(users) => Placed::Links(
            users
                .iter()
                .map(|id| StoredTarget {
                    target_user_id: Some(id.uuid()),
                    ..StoredTarget::default()
                })
                .collect(),
        ),
        CustomValue::Objects(objects) => Placed::Links(
            objects
                .iter()
                .map(|id| StoredTarget {
                    target_object_id: Some(id.uuid()),
                    ..StoredTarget::default()
                })
                .collect(),
        ),
    }
}

fn contact(contact: &Contact) -> StoredTarget {
    match contact {
        Contact::Person(id) => StoredTarget {
            target_person_id: Some(id.uuid()),
            ..StoredTarget::default()
        },
        Contact::Company(id) => StoredTarget {
            target_company_id: Some(id.uuid()),
            ..StoredTarget::default()
        },
    }
}

/// The value of a field from what is kept for it. Links that were deleted meanwhile and options that are no more leave
/// it without a value.
///
/// # Errors
/// The field's id, if what is kept is no value of the field's type.
pub(crate) fn from_stored(
    field: &CustomField,
    plain: Option<StoredValue>,
    links: &[StoredTarget],
) -> Result<Option<CustomValue>, CustomFieldId> {
    let read = match &field.field_type {
        FieldType::Contact => {
            let contacts = links
                .iter()
                .map(StoredTarget::contact)
                .collect::<Option<Vec<_>>>();
            contacts.map(|contacts| (!contacts.is_empty()).then_some(CustomValue::Contacts(contacts)))
        }
        FieldType::User => {
            let users = links.iter().map(|link| link.target_user_id.map(Into::into));
            let users = users.collect::<Option<Vec<_>>>();
            users.map(|users| (!users.is_empty()).then_some(CustomValue::Users(users)))
        }
        FieldType::Object(_) => {
            let objects = links.iter().map(|link| link.target_object_id.map(Into::into));
            let objects = objects.collect::<Option<Vec<_>>>();
            objects.map(|objects| (!objects.is_empty()).then_some(CustomValue::Objects(objects)))
        }
        FieldType::Text
        | FieldType::Magic
        | FieldType::Numeric { .. }
        | FieldType::Date
        | FieldType::SingleSelect(_)
        | FieldType::MultipleSelect(_) => match plain {
            None => return Ok(None),
            Some(plain) => plain_value(&field.field_type, plain),
        },
    };
    read.ok_or(field.id)
}

/// Nothing if the value does not fit; no value if it names only options that are no more.
fn plain_value(field_type: &FieldType, plain: StoredValue) -> Option<Option<CustomValue>> {
    match (field_type, plain) {
        (FieldType::Text | FieldType::Magic, StoredValue::Text(text)) => Some(Some(CustomValue::Text(text))),
        (FieldType::Numeric { .. }, StoredValue::Text(text)) => {
            Decimal::from_stored(text).map(|number| Some(CustomValue::Number(number)))
        }
        (FieldType::Date, StoredValue::Text(text)) => {
            Date::from_stored(&text).map(|date| Some(CustomValue::Date(date)))
        }
        (FieldType::SingleSelect(options), StoredValue::Text(text)) => {
            let id = Uuid::try_parse(&text).ok()?.into();
            Some(options.get(id).map(|option| CustomValue::Option(option.id)))
        }
        (FieldType::MultipleSelect(options), StoredValue::Options(ids)) => {
            let ids = ids.into_iter().map(Into::into);
            let known = ids.filter(|id| options.get(*id).is_some()).collect::<Vec<_>>();
            Some((!known.is_empty()).then_some(CustomValue::Options(known)))
        }
        (
            FieldType::Text
            | FieldType::Magic
            | FieldType::Numeric { .. }
            | FieldType::Date
            | FieldType::SingleSelect(_)
            | FieldType::MultipleSelect(_)
            | FieldType::Contact
            | FieldType::User
            | FieldType::Object(_),
            StoredValue::Text(_) | StoredValue::Options(_),
        ) => None,
    }
}

impl StoredTarget {
    /// The UUID of whatever it points to.
    pub(crate) fn uuid(&self) -> Option<Uuid> {
        let Self {
            target_person_id,
            target_company_id,
            target_user_id,
            target_object_id,
        } = self;
        target_person_id
            .or(*target_company_id)
            .or(*target_user_id)
            .or(*target_object_id)
    }

    fn contact(&self) -> Option<Contact> {
        match (self.target_person_id, self.target_company_id) {
            (Some(id), None) => Some(Contact::Person(id.into())),
            (None, Some(id)) => Some(Contact::Company(id.into())),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }
}
