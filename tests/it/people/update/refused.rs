//! What is refused is refused whole, with everything that is wrong.

use serde_json::{Value, json};
use tests::fixture::{EVERYTHING, FRIENDS, HR_SERVICES, OTHER_COMPANY, OTHER_GROUP, READ_KEY};
use tests::{Refused, TestServer, sample};

#[tokio::test(flavor = "multi_thread")]
async fn all_problems_are_told_at_once_and_nothing_is_stored() {
    let server = TestServer::start().await;
    let rows = "SELECT (SELECT count(*) FROM changes) * 1000 + (SELECT count(*) FROM companies)";
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let id = created["id"].as_str().unwrap();
        let (etag, before) = (api.etag(id).await, server.database.number(rows).await);
        let patch = json!({
            "firstName": "New",
            "lastName": "x".repeat(501),
            "birthday": "2023-02-29",
            "companies": [{"name": "New company"}, {"id": OTHER_COMPANY}, {"id": HR_SERVICES}],
            "groups": [{"id": EVERYTHING}, {"id": OTHER_GROUP}],
            "emails": ["x".repeat(255)],
            "customFieldValues": {
                EVERYTHING: {"Select": "D", "Text": "new", "Nothing": 1, "Contacts": [{"id": OTHER_COMPANY}]},
                FRIENDS: {"Favorite color": "Red"},
            },
        });
        let refused = api.update(id, &patch).await.unwrap_err();
        let value = |field: &str| json!(["customFieldValues", EVERYTHING, field]);
        let expected = Refused::for_issues(&[
            (json!(["lastName"]), "too_big"),
            (json!(["birthday"]), "invalid_date"),
            (json!(["companies", 1, "id"]), "custom"),
            (json!(["groups", 1, "id"]), "custom"),
            (json!(["emails", 0]), "too_big"),
            (value("Select"), "invalid_enum_value"),
            (value("Nothing"), "custom"),
            (
                json!(["customFieldValues", EVERYTHING, "Contacts", 0, "id"]),
                "custom",
            ),
            (json!(["customFieldValues", FRIENDS]), "custom"),
        ]);
        assert_eq!(refused, expected, "{}", api.name());
        assert_eq!(api.get(id).await.unwrap(), created, "{}", api.name());
        assert_eq!(api.etag(id).await, etag, "{}", api.name());
        assert_eq!(server.database.number(rows).await, before, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_that_is_not_there_is_not_found_and_another_form_of_id_is_invalid() {
    let server = TestServer::start().await;
    let invalid = |code: &str| Refused::for_issues(&[(json!(["personId"]), code)]);
    for api in server.both() {
        for id in ["per_00000000-0000-7000-8000-000000000000", HR_SERVICES] {
            let not_found = Refused::with_code("RESOURCE_NOT_FOUND");
            assert_eq!(
                api.update(id, &json!({})).await,
                Err(not_found),
                "{} {id}",
                api.name()
            );
        }
        let refused = api.update("per_1", &json!({})).await.unwrap_err();
        if api.name() == "REST" {
            assert_eq!(refused, invalid("too_small"));
        } else {
            assert_eq!(refused, Refused::for_issues(&[(json!(["id"]), "too_small")]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_only_read_changes_nothing() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    let created = rest.create(&sample::full()).await.unwrap();
    let id = created["id"].as_str().unwrap();
    for api in server.both_as(READ_KEY) {
        let forbidden = Err(Refused::with_code("FORBIDDEN"));
        assert_eq!(
            api.update(id, &json!({"firstName": "X"})).await,
            forbidden,
            "{}",
            api.name()
        );
        assert_eq!(api.delete(id).await, forbidden, "{}", api.name());
    }
    assert_eq!(rest.get(id).await.unwrap(), created);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_of_the_wrong_shape_is_told_with_what_is_wrong_beside_it() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    let created = rest.create(&sample::full()).await.unwrap();
    let path = format!("/v1/people/{}", created["id"].as_str().unwrap());
    for (body, expected) in [
        (
            json!({"firstName": null}),
            vec![(json!(["firstName"]), "invalid_type")],
        ),
        (json!({"emails": null}), vec![(json!(["emails"]), "invalid_type")]),
        (json!({"groups": null}), vec![(json!(["groups"]), "invalid_type")]),
        (
            json!({"birthday": ""}),
            vec![(json!(["birthday"]), "invalid_date")],
        ),
        (
            json!({"id": "per_1", "age": 3}),
            vec![(json!([]), "unrecognized_keys")],
        ),
        (json!({"first_name": "X"}), vec![(json!([]), "unrecognized_keys")]),
        (
            json!({"add": {"firstName": "X"}}),
            vec![(json!(["add"]), "unrecognized_keys")],
        ),
        (json!({"add": null}), vec![(json!(["add"]), "invalid_type")]),
        (json!({"remove": [1]}), vec![(json!(["remove"]), "invalid_type")]),
        (json!([]), vec![(json!([]), "invalid_type")]),
        (
            json!({"firstName": 1, "lastName": "x".repeat(501), "customFieldValues": {FRIENDS: {"Nothing": 1}}}),
            vec![
                (json!(["firstName"]), "invalid_type"),
                (json!(["lastName"]), "too_big"),
                (json!(["customFieldValues", FRIENDS, "Nothing"]), "custom"),
            ],
        ),
    ] {
        let answer = server.rest().send("PATCH", &path, body.to_string()).await.json();
        let issues = answer["error"]["details"]["issues"]
            .as_array()
            .expect("issues")
            .iter();
        let mut told: Vec<_> = issues
            .map(|issue| (issue["path"].clone(), issue["code"].clone()))
            .collect();
        let mut expected: Vec<_> = expected
            .into_iter()
            .map(|(path, code)| (path, json!(code)))
            .collect();
        told.sort_by_key(|(path, _)| path.to_string());
        expected.sort_by_key(|(path, _): &(Value, Value)| path.to_string());
        assert_eq!(told, expected, "{body}");
    }
    let answer = server
        .rest()
        .send("PATCH", &path, r#"{"firstName": "A", "firstName": "B"}"#)
        .await;
    assert_eq!(answer.error(), (400, "INVALID_REQUEST".to_owned()));
    let id = created["id"].as_str().unwrap();
    assert_eq!(rest.get(id).await.unwrap(), created);
}
