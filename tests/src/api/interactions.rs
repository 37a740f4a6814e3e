//! Interactions.

use chrono::{DateTime, SecondsFormat};
use prost_types::Timestamp;
use proto::v1::{EntityType, Interaction, LogInteractionRequest};
use serde_json::{Value, json};

use super::refused::{refused, rest_data};
use super::{Api, Refused};

impl Api {
    /// Logs an interaction of the documented form; under a key, unless that is empty. Whatever gRPC has no form for is
    /// as if it were not there.
    ///
    /// # Errors
    /// The refusal.
    pub async fn log(&self, body: &Value, key: &str) -> Result<Value, Refused> {
        match self {
            Self::Rest(client) => {
                let mut headers = vec![("content-type", "application/json")];
                headers.extend((!key.is_empty()).then_some(("idempotency-key", key)));
                let answer = client
                    .send_with("POST", "/v1/interactions", &headers, body.to_string())
                    .await;
                rest_data(&answer)
            }
            Self::Grpc(client) => {
                let request = LogInteractionRequest {
                    interaction: Some(to_proto(body)),
                    validate_only: false,
                    request_id: key.to_owned(),
                };
                let answer = client.interactions.clone().log_interaction(request).await;
                answer
                    .map(|response| from_proto(response.into_inner()))
                    .map_err(|status| refused(&status))
            }
        }
    }
}

fn to_proto(body: &Value) -> Interaction {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let time = body["dateTime"].as_str().and_then(|time| {
        let time = DateTime::parse_from_rfc3339(time).ok()?;
        Some(Timestamp {
            seconds: time.timestamp(),
            nanos: time.timestamp_subsec_nanos().cast_signed(),
        })
    });
    Interaction {
        entity_id: text(&body["entity"]["id"]),
        time,
        title: text(&body["title"]),
        content: text(&body["content"]),
        r#type: text(&body["type"]),
        ..Interaction::default()
    }
}

fn from_proto(interaction: Interaction) -> Value {
    let entity_type = match interaction.entity_type() {
        EntityType::Person => "person",
        EntityType::Company => "company",
        EntityType::Unspecified | EntityType::Object | EntityType::User => {
            panic!("no entity of interactions")
        }
    };
    let time = interaction.time.expect("a time");
    let time = DateTime::from_timestamp(time.seconds, time.nanos.cast_unsigned()).expect("a time");
    json!({
        "id": interaction.id,
        "entity": {
            "id": interaction.entity_id,
            "entityType": entity_type,
            "fullName": interaction.entity_full_name,
        },
        "dateTime": time.to_rfc3339_opts(SecondsFormat::Millis, true),
        "title": interaction.title,
        "content": interaction.content,
        "type": interaction.r#type,
    })
}
