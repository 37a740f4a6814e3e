//! The request that began it all.

use serde_json::{Value, json};
use tests::fixture::{BOB, ENGINEERING, FRIENDS, HR_SERVICES, TECH_CORP};
use tests::{Refused, TestServer, sample};

#[tokio::test(flavor = "multi_thread")]
async fn as_documented_it_is_refused_for_the_group_it_does_not_list() {
    let server = TestServer::start().await;
    for api in server.both() {
        let refused = api.create(&sample::documented()).await.unwrap_err();
        let expected = Refused::for_issues(&[(json!(["customFieldValues", FRIENDS]), "custom")]);
        assert_eq!(refused, expected, "{}", api.name());
    }
    let answer = server
        .rest()
        .send("POST", "/v1/people", sample::documented().to_string())
        .await;
    let message = answer.json()["error"]["details"]["issues"][0]["message"].to_string();
    assert!(message.contains(FRIENDS), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_both_groups_it_answers_the_documented_person() {
    let server = TestServer::start().await;
    let mut body = sample::documented();
    body["groups"] = json!([{"id": ENGINEERING}, {"id": FRIENDS}]);

    let mut expected: Value = body.clone();
    expected["groups"] =
        json!([{"id": ENGINEERING, "name": "Engineering"}, {"id": FRIENDS, "name": "Friends"}]);
    expected["companies"] =
        json!([{"id": TECH_CORP, "name": "Tech Corp"}, {"id": HR_SERVICES, "name": "HR services"}]);
    expected["customFieldValues"][ENGINEERING]["Relationships"] = json!([
        {"id": BOB, "fullName": "Bob Smith", "entityType": "person"},
        {"id": HR_SERVICES, "fullName": "HR services", "entityType": "company"},
    ]);
    expected["customFieldValues"][FRIENDS]["Favorite number"] = json!("42");
    expected["customFieldValues"][FRIENDS]["Assignee"] = json!([sample::jane()]);
    expected["createdBy"] = sample::john();
    expected["interactionMetadata"] = sample::full_shown()["interactionMetadata"].clone();
    expected["strongestConnection"] = json!({});

    for api in server.both() {
        let created = api.create(&body).await.unwrap();
        let (id, shown) = sample::without_id_and_time(created.clone());
        assert_eq!(shown, expected, "{}", api.name());
        for other in server.both() {
            assert_eq!(other.get(&id).await.unwrap(), created, "{}", other.name());
        }
    }
}
