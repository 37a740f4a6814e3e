use proto::v1::company_link::Company;
use proto::v1::custom_value::Kind;
use proto::v1::{
    CompanyLink, Date, EntityType, GetPersonRequest, GroupLink, GroupValues, InteractionMetadata, Person,
    StrongestConnection, UserInteractions, WorkspaceInteractions,
};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;
use crate::samples::{john, reference, time, value};

fn full_person() -> Person {
    Person {
        id: "per_1".to_owned(),
        first_name: "John".to_owned(),
        last_name: "Doe".to_owned(),
        full_name: "John Doe".to_owned(),
        description: "short".to_owned(),
        birthday: Some(Date {
            year: 990,
            month: 1,
            day: 2,
        }),
        job_title: "Engineer".to_owned(),
        groups: vec![GroupLink {
            id: "grp_b".to_owned(),
            name: "B".to_owned(),
        }],
        companies: vec![CompanyLink {
            company: Some(Company::Id("com_1".to_owned())),
            display_name: "Tech".to_owned(),
        }],
        addresses: vec!["1 Main St".to_owned()],
        emails: vec!["j@example.com".to_owned()],
        phones: vec!["+1".to_owned()],
        urls: vec!["https://example.com".to_owned()],
        custom_field_values: vec![GroupValues {
            group_id: "grp_b".to_owned(),
            values: vec![
                value("z number", Kind::Number("42.5".to_owned())),
                value("unset", Kind::NullValue(0)),
                value(
                    "day",
                    Kind::Date(Date {
                        year: 2021,
                        month: 1,
                        day: 1,
                    }),
                ),
                value("contact", reference("com_1", EntityType::Company, "")),
                value("user", reference("usr_1", EntityType::User, "o@example.com")),
            ],
        }],
        create_time: time(1_609_459_200),
        update_time: None,
        created_by: Some(john()),
        interaction_metadata: Some(InteractionMetadata {
            user: Some(UserInteractions {
                approximate_count: 2,
                last_interaction_time: time(0),
            }),
            workspace: Some(WorkspaceInteractions {
                approximate_count: 3,
                last_interaction_time: time(1),
                last_interaction_users: vec![john()],
            }),
        }),
        strongest_connections: vec![StrongestConnection {
            group_id: "grp_b".to_owned(),
            user: Some(john()),
        }],
        etag: "7".to_owned(),
    }
}

#[tokio::test]
async fn a_person_is_shown_with_every_key_in_the_documented_order() {
    let core = FakeCore::default().answering(full_person());
    let answer = send(&core, "GET", "/v1/people/per_1", &[], "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("etag"), "\"7\"");
    let john = r#"{"id":"usr_1","fullName":"John Doe","email":"john@example.com"}"#;
    let expected = [
        r#"{"data":{"id":"per_1","firstName":"John","lastName":"Doe","fullName":"John Doe","description":"short","#,
        r#""birthday":"0990-01-02","jobTitle":"Engineer","createdAt":"2021-01-01T00:00:00.000Z","createdBy":"#,
        john,
        r#","groups":[{"id":"grp_b","name":"B"}],"companies":[{"id":"com_1","name":"Tech"}],"addresses":["1 Main St"],"#,
        r#""emails":["j@example.com"],"phones":["+1"],"urls":["https://example.com"],"customFieldValues":{"grp_b":{"#,
        r#""z number":"42.5","unset":null,"day":"2021-01-01","#,
        r#""contact":[{"id":"com_1","fullName":"Some One","entityType":"company"}],"#,
        r#""user":[{"id":"usr_1","fullName":"Some One","email":"o@example.com"}]}},"interactionMetadata":{"#,
        r#""user":{"approximateCount":2,"lastInteractedAt":"1970-01-01T00:00:00.000Z"},"#,
        r#""workspace":{"approximateCount":3,"lastInteractedAt":"1970-01-01T00:00:01.000Z","lastInteractedBy":["#,
        john,
        r#"]}},"strongestConnection":{"grp_b":"#,
        john,
        "}}}",
    ];
    assert_eq!(answer.text, expected.concat());
}

#[tokio::test]
async fn an_empty_person_has_every_key_too() {
    let answer = send(&FakeCore::default(), "GET", "/v1/people/per_1", &[], "").await;
    let data = &answer.json()["data"];
    assert_eq!(data["birthday"], json!(null));
    assert_eq!(
        data["interactionMetadata"],
        json!({"user": {"approximateCount": 0, "lastInteractedAt": null},
               "workspace": {"approximateCount": 0, "lastInteractedAt": null, "lastInteractedBy": []}})
    );
    assert_eq!(data.as_object().unwrap().len(), 18);
}

#[tokio::test]
async fn head_answers_as_get_without_a_body() {
    let answer = send(&FakeCore::default(), "HEAD", "/v1/people/per_1", &[], "").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
    assert_ne!(answer.header("content-length"), "0");
}

#[tokio::test]
async fn the_id_is_decoded_and_whatever_it_is_the_core_judges_it() {
    for (path, expected) in [
        ("/v1/people/a%20b", "a b"),
        ("/v1/people/%ff", "%ff"),
        ("/v1/people/a%2Fb", "a/b"),
    ] {
        let core = FakeCore::default();
        send(&core, "GET", path, &[], "").await;
        assert_eq!(core.asked_once::<GetPersonRequest>().id, expected);
    }
}

#[tokio::test]
async fn a_malformed_id_is_named_as_the_path_names_it() {
    let core = FakeCore::default().failing(refusal(&["id"]));
    let answer = send(&core, "GET", "/v1/people/x", &[], "").await;
    assert_eq!(
        answer.issues(),
        json!([{"code": "custom", "path": ["personId"], "message": "wrong"}])
    );
}

#[tokio::test]
async fn unknown_query_parameters_are_refused_on_get_alone() {
    let core = FakeCore::default();
    let answer = send(&core, "GET", "/v1/people/per_1?limit=3&a%5Bb%5D&limit=4", &[], "").await;
    assert_eq!(answer.error().0, 422);
    assert_eq!(answer.issues()[0]["keys"], json!(["limit", "a[b]"]));
    assert_eq!(answer.issues()[0]["path"], json!([]));
    assert_eq!(
        send(&core, "POST", "/v1/people?limit=3", &[], "{}").await.status,
        200
    );
}

#[tokio::test]
async fn the_callers_user_is_shown() {
    let answer = send(&FakeCore::default(), "GET", "/v1/users/me", &[], "").await;
    assert_eq!(
        answer.json(),
        json!({"data": {"id": "me", "fullName": "John Doe", "email": "john@example.com"}})
    );
}
