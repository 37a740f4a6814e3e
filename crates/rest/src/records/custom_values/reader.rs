//! The slow way in for custom values: their shape in JSON. What a field takes is for the core to say.

use proto::v1::custom_value::{Kind, References, Texts};
use proto::v1::reference::Target;
use proto::v1::{CustomValue, EntityType, Reference};

use crate::json::{Either, Fields, Json, Path, ShapeIssues, list, received, text};

/// Reads a value by its shape; entries of a list that differ from the first are issues.
pub(super) fn custom_value(
    value: &Json<'_>,
    path: Path<'_>,
    issues: &mut ShapeIssues,
) -> Option<CustomValue> {
    let kind = match value {
        Json::Null => Kind::NullValue(0),
        Json::Text(text) => Kind::Text(text.clone().into_owned()),
        Json::Number(number) => Kind::Number((*number).to_owned()),
        Json::Bool(_) | Json::Object(_) => Kind::Other(received(Some(value)).to_owned()),
        Json::List(entries) => match entries.first() {
            None | Some(Json::Text(_)) => Kind::Texts(Texts {
                items: list(value, path, issues, text)?,
            }),
            Some(Json::Object(_)) => Kind::References(References {
                items: list(value, path, issues, reference)?,
            }),
            Some(Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_)) => {
                Kind::Other(received(Some(value)).to_owned())
            }
        },
    };
    Some(CustomValue { kind: Some(kind) })
}

fn reference(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Reference> {
    let mut fields = Fields::of(value, path, issues)?;
    let target = fields.either_text("id", "email", issues);
    fields.finish(issues);
    let target = match target? {
        Either::First(id) => Target::Id(id),
        Either::Second(email) => Target::Email(email),
    };
    Some(Reference {
        target: Some(target),
        full_name: String::new(),
        entity_type: EntityType::Unspecified.into(),
        user_email: String::new(),
    })
}
