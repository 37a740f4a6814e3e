//! Interactions as JSON, in and out.

use prost_types::Timestamp;
use proto::v1::{EntityType, Interaction};
use serde::Serialize;

use crate::error::{Problem, SizeUnit};
use crate::json::{Fields, Json, Path, ShapeIssues, text, time};
use crate::record_json::entity_type;
use crate::records::linked_id;
use crate::time::iso_time;

/// The most characters of a time.
const TIME_LIMIT: u8 = 24;

/// Reads an interaction, all of whose fields have to be there.
pub(super) fn read_interaction(body: &Json<'_>, issues: &mut ShapeIssues) -> Interaction {
    let Some(mut fields) = Fields::of(body, Path::Request, issues) else {
        return Interaction::default();
    };
    let interaction = Interaction {
        id: String::new(),
        entity_id: fields
            .required("entity", "object", issues, linked_id)
            .unwrap_or_default(),
        entity_type: EntityType::Unspecified.into(),
        entity_full_name: String::new(),
        time: fields.required("dateTime", "string", issues, short_time),
        title: fields.required_text("title", issues).unwrap_or_default(),
        content: fields.required_text("content", issues).unwrap_or_default(),
        r#type: fields.required_text("type", issues).unwrap_or_default(),
    };
    fields.finish(issues);
    interaction
}

fn short_time(value: &Json<'_>, path: Path<'_>, issues: &mut ShapeIssues) -> Option<Timestamp> {
    let limit = usize::from(TIME_LIMIT);
    if text(value, path, issues)?.chars().nth(limit).is_none() {
        return time(value, path, issues);
    }
    let problem = Problem::TooBig {
        unit: SizeUnit::String,
        maximum: TIME_LIMIT.into(),
        exact: false,
    };
    issues.add(path, problem, format!("a time has at most {limit} characters"));
    None
}

/// An interaction on its way out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InteractionJson<'a> {
    id: &'a str,
    entity: EntityJson<'a>,
    date_time: Option<String>,
    title: &'a str,
    content: &'a str,
    r#type: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntityJson<'a> {
    id: &'a str,
    entity_type: Option<&'static str>,
    full_name: &'a str,
}

impl<'a> From<&'a Interaction> for InteractionJson<'a> {
    fn from(interaction: &'a Interaction) -> Self {
        let Interaction {
            id,
            entity_id,
            entity_type: number,
            entity_full_name,
            time,
            title,
            content,
            r#type,
        } = interaction;
        Self {
            id,
            entity: EntityJson {
                id: entity_id,
                entity_type: entity_type(*number),
                full_name: entity_full_name,
            },
            date_time: time.as_ref().and_then(iso_time),
            title,
            content,
            r#type,
        }
    }
}
