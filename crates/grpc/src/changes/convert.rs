//! Entries of the change log as their readers see them.

use domain::{CompanyId, EntityType, ObjectId, Operation, PersonId};
use persistence::changes::Entry;
use prost_types::value::Kind;
use prost_types::{ListValue, Struct, Value};
use proto::v1::{Change, FieldChange, change};
use serde_json::Value as Json;

use super::position;
use crate::convert::time;

/// An entry.
pub(super) fn change(entry: Entry) -> Change {
    let Entry {
        position,
        occurred_at,
        actor,
        entity_type,
        entity_id,
        operation,
        payload,
    } = entry;
    let (entity_type, entity_id) = match entity_type {
        EntityType::Person => (proto::v1::EntityType::Person, PersonId::new(entity_id).into()),
        EntityType::Company => (proto::v1::EntityType::Company, CompanyId::new(entity_id).into()),
        EntityType::Object => (proto::v1::EntityType::Object, ObjectId::new(entity_id).into()),
    };
    let operation = match operation {
        Operation::Create => change::Operation::Create,
        Operation::Update => change::Operation::Update,
        Operation::Delete => change::Operation::Delete,
    };
    Change {
        position: position::format(position),
        time: Some(time(occurred_at)),
        actor_id: actor.into(),
        entity_type: entity_type.into(),
        entity_id,
        operation: operation.into(),
        fields: payload.map(fields).unwrap_or_default(),
    }
}

fn fields(payload: Json) -> Vec<FieldChange> {
    let Json::Object(fields) = payload else {
        return Vec::new();
    };
    fields
        .into_iter()
        .map(|(field, mut change)| FieldChange {
            field,
            before: change.get_mut("before").map(Json::take).map(value),
            after: change.get_mut("after").map(Json::take).map(value),
        })
        .collect()
}

fn value(json: Json) -> Value {
    let kind = match json {
        Json::Null => Kind::NullValue(0),
        Json::Bool(truth) => Kind::BoolValue(truth),
        Json::Number(number) => Kind::NumberValue(number.as_f64().unwrap_or_default()),
        Json::String(text) => Kind::StringValue(text),
        Json::Array(items) => Kind::ListValue(ListValue {
            values: items.into_iter().map(value).collect(),
        }),
        Json::Object(fields) => Kind::StructValue(Struct {
            fields: fields
                .into_iter()
                .map(|(name, json)| (name, value(json)))
                .collect(),
        }),
    };
    Value { kind: Some(kind) }
}
