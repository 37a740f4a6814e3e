//! What records are made of.

use proto::v1::custom_value::{Kind, References};
use proto::v1::reference::Target;
use proto::v1::{CustomValue, EntityType, FieldValue, Reference, User};

pub(crate) fn john() -> User {
    User {
        id: "usr_1".to_owned(),
        full_name: "John Doe".to_owned(),
        email: "john@example.com".to_owned(),
    }
}

pub(crate) fn time(seconds: i64) -> Option<prost_types::Timestamp> {
    Some(prost_types::Timestamp { seconds, nanos: 0 })
}

pub(crate) fn value(name: &str, kind: Kind) -> FieldValue {
    FieldValue {
        name: name.to_owned(),
        value: Some(CustomValue { kind: Some(kind) }),
    }
}

pub(crate) fn reference(id: &str, entity_type: EntityType, user_email: &str) -> Kind {
    Kind::References(References {
        items: vec![Reference {
            target: Some(Target::Id(id.to_owned())),
            full_name: "Some One".to_owned(),
            entity_type: entity_type.into(),
            user_email: user_email.to_owned(),
        }],
    })
}
