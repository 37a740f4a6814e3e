use proto::v1::{EntityType, Interaction, LogInteractionRequest};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::{Answer, send};

async fn log(core: &FakeCore, body: &str) -> Answer {
    send(
        core,
        "POST",
        "/v1/interactions",
        &[("idempotency-key", "k")],
        body,
    )
    .await
}

fn body(time: &str) -> String {
    json!({"entity": {"id": "per_1"}, "dateTime": time, "title": "t", "content": "c", "type": "call"})
        .to_string()
}

#[tokio::test]
async fn an_interaction_is_logged_and_shown() {
    let core = FakeCore::default().answering(Interaction {
        id: "lit_1".to_owned(),
        entity_id: "com_1".to_owned(),
        entity_type: EntityType::Company.into(),
        entity_full_name: "Tech".to_owned(),
        time: Some(prost_types::Timestamp {
            seconds: 0,
            nanos: 5_000_000,
        }),
        title: "t".to_owned(),
        content: "c".to_owned(),
        r#type: "☕".to_owned(),
    });
    let answer = log(&core, &body("2021-01-01T00:00:00.250Z")).await;
    assert_eq!(
        answer.text,
        r#"{"data":{"id":"lit_1","entity":{"id":"com_1","entityType":"company","fullName":"Tech"},"dateTime":"1970-01-01T00:00:00.005Z","title":"t","content":"c","type":"☕"}}"#
    );
    let asked = core.asked_once::<LogInteractionRequest>();
    assert_eq!((asked.validate_only, asked.request_id.as_str()), (false, "k"));
    let interaction = asked.interaction.unwrap();
    let texts = [
        &interaction.entity_id,
        &interaction.title,
        &interaction.content,
        &interaction.r#type,
    ];
    assert_eq!(texts, ["per_1", "t", "c", "call"]);
    let time = interaction.time.unwrap();
    assert_eq!((time.seconds, time.nanos), (1_609_459_200, 250_000_000));
}

#[tokio::test]
async fn a_time_is_iso_with_an_offset_in_at_most_24_characters() {
    for (time, code) in [
        ("2021-01-01T00:00:00Z", None),
        ("2021-01-01T01:00:00+0100", None),
        ("2021-01-01T01:00:00+01:00", Some("too_big")),
        ("2021-01-01T00:00:00", Some("invalid_string")),
        ("2021-02-29T00:00:00Z", Some("invalid_date")),
    ] {
        let answer = log(&FakeCore::default(), &body(time)).await;
        match code {
            None => assert_eq!(answer.status, 200, "{time}"),
            Some(code) => {
                assert_eq!(answer.issues()[0]["code"], code, "{time}");
                assert_eq!(answer.issue_paths(), json!([["dateTime"]]));
            }
        }
    }
}

#[tokio::test]
async fn every_key_is_needed() {
    let core = FakeCore::default().failing(refusal(&["interaction.title", "interaction.entity_id"]));
    let answer = log(&core, "{}").await;
    assert_eq!(
        answer.issue_paths(),
        json!([["entity"], ["dateTime"], ["title"], ["content"], ["type"]])
    );
    for issue in answer.issues().as_array().unwrap() {
        assert_eq!(issue["received"], "undefined");
    }
    assert!(core.asked_once::<LogInteractionRequest>().validate_only);
}

#[tokio::test]
async fn what_the_core_refuses_is_named_as_the_caller_wrote_it() {
    let core = FakeCore::default().failing(refusal(&[
        "interaction.entity_id",
        "interaction.time",
        "interaction.type",
    ]));
    let answer = log(&core, &body("2021-01-01T00:00Z")).await;
    assert_eq!(
        answer.issue_paths(),
        json!([["entity", "id"], ["dateTime"], ["type"]])
    );
}
