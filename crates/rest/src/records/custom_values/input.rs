//! The fast way in for custom values. The first byte tells the shape; numbers keep their text.

use proto::v1::custom_value::{Kind, References, Texts};
use proto::v1::reference::Target;
use proto::v1::{CustomValue, EntityType, Reference};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::value::RawValue;

/// A custom value of a shape that some type of field takes.
#[derive(Debug)]
pub(crate) struct CustomValueInput(pub(crate) CustomValue);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum ReferenceInput {
    Id(String),
    Email(String),
}

impl<'de> Deserialize<'de> for CustomValueInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let kind = kind(raw).ok_or_else(|| D::Error::custom("no shape of a custom value"))?;
        Ok(Self(CustomValue { kind: Some(kind) }))
    }
}

fn kind(raw: &str) -> Option<Kind> {
    Some(match raw.as_bytes().first()? {
        b'n' => Kind::NullValue(0),
        b'"' => Kind::Text(serde_json::from_str(raw).ok()?),
        b'-' | b'0'..=b'9' => Kind::Number(raw.to_owned()),
        b'[' => {
            let inside = raw.get(1..)?.trim_start_matches([' ', '\t', '\n', '\r']);
            if inside.starts_with('{') {
                let items: Vec<ReferenceInput> = serde_json::from_str(raw).ok()?;
                Kind::References(References {
                    items: items.into_iter().map(Reference::from).collect(),
                })
            } else {
                Kind::Texts(Texts {
                    items: serde_json::from_str(raw).ok()?,
                })
            }
        }
        _ => return None,
    })
}

impl From<ReferenceInput> for Reference {
    fn from(input: ReferenceInput) -> Self {
        let target = match input {
            ReferenceInput::Id(id) => Target::Id(id),
            ReferenceInput::Email(email) => Target::Email(email),
        };
        Self {
            target: Some(target),
            full_name: String::new(),
            entity_type: EntityType::Unspecified.into(),
            user_email: String::new(),
        }
    }
}
