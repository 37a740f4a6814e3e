//! Lists of links: groups and companies are replaced, and values go with the membership.

use serde_json::{Value, json};
use tests::fixture::{BOB, CLIENTS, ENGINEERING, EVERYTHING, FRIENDS, HR_SERVICES, TECH_CORP};
use tests::{TestServer, sample};

use super::made;

#[tokio::test(flavor = "multi_thread")]
async fn companies_are_replaced_in_their_new_order_and_made_by_name() {
    let server = TestServer::start().await;
    for api in server.both() {
        let id = made(&api, &sample::full()).await;
        let name = format!("Made by {}", api.name());
        let patch = json!({"companies": [{"name": name}, {"id": HR_SERVICES}, {"name": " tech  CORP "}]});
        let updated = api.update(&id, &patch).await.unwrap();
        let companies = updated["companies"].as_array().unwrap();
        assert_eq!(companies.len(), 3, "{}", api.name());
        assert_eq!(companies[0]["name"], name);
        assert_eq!(companies[1], json!({"id": HR_SERVICES, "name": "HR services"}));
        assert_eq!(companies[2], json!({"id": TECH_CORP, "name": "Tech Corp"}));
        assert_eq!(api.get(&id).await.unwrap(), updated, "{}", api.name());
        let updated = api.update(&id, &json!({"companies": []})).await.unwrap();
        assert_eq!(updated["companies"], json!([]));
        // The company outlives the link.
        let again = made(&api, &json!({"companies": [{"name": name}]})).await;
        assert_eq!(api.get(&again).await.unwrap()["companies"][0], companies[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_replaced_and_keep_the_values_of_those_that_stay() {
    let server = TestServer::start().await;
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let id = created["id"].as_str().unwrap();
        let patch = json!({"groups": [{"id": ENGINEERING}, {"id": EVERYTHING}]});
        let updated = api.update(id, &patch).await.unwrap();
        let ids: Vec<_> = updated["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| &group["id"])
            .collect();
        assert_eq!(ids, [ENGINEERING, EVERYTHING], "{}", api.name());
        let values = &updated["customFieldValues"];
        assert_eq!(values[EVERYTHING], created["customFieldValues"][EVERYTHING]);
        assert_eq!(values.get(FRIENDS), None);
        assert!(
            values[ENGINEERING]
                .as_object()
                .unwrap()
                .values()
                .all(Value::is_null)
        );
        assert_eq!(api.get(id).await.unwrap(), updated, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_dropped_with_the_membership_and_do_not_come_back() {
    let server = TestServer::start().await;
    let rows = |id: &str| {
        let id = id.strip_prefix("per_").unwrap().to_owned();
        format!(
            "SELECT (SELECT count(*) FROM person_memberships WHERE person_id = '{id}') + \
                (SELECT count(*) FROM person_references WHERE person_id = '{id}')"
        )
    };
    for api in server.both() {
        for leave in [
            json!({"groups": []}),
            json!({"remove": {"groups": [{"id": EVERYTHING}, {"id": FRIENDS}]}}),
        ] {
            let id = made(&api, &sample::full()).await;
            assert!(server.database.number(&rows(&id)).await > 4);
            let updated = api.update(&id, &leave).await.unwrap();
            assert_eq!(updated["groups"], json!([]), "{} {leave}", api.name());
            assert_eq!(updated["customFieldValues"], json!({}), "{} {leave}", api.name());
            assert_eq!(
                server.database.number(&rows(&id)).await,
                0,
                "{} {leave}",
                api.name()
            );
            let back = json!({"groups": [{"id": FRIENDS}, {"id": EVERYTHING}]});
            let updated = api.update(&id, &back).await.unwrap();
            let groups = updated["customFieldValues"].as_object().unwrap().values();
            let values: Vec<_> = groups
                .flat_map(|group| group.as_object().unwrap().values())
                .collect();
            assert!(
                values.len() > 10 && values.iter().all(|value| value.is_null()),
                "{}",
                api.name()
            );
            assert_eq!(api.get(&id).await.unwrap(), updated, "{}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_may_be_its_own_contact_and_that_of_others() {
    let server = TestServer::start().await;
    for api in server.both() {
        let id = made(
            &api,
            &json!({"firstName": "Self", "groups": [{"id": EVERYTHING}]}),
        )
        .await;
        let patch = json!({"customFieldValues": {EVERYTHING: {"Contacts": [{"id": id}, {"id": BOB}]}}});
        let updated = api.update(&id, &patch).await.unwrap();
        let contacts = &updated["customFieldValues"][EVERYTHING]["Contacts"];
        assert_eq!(
            contacts[0],
            json!({"id": id, "fullName": "Self", "entityType": "person"})
        );
        // The name is followed, the own one too.
        let renamed = api.update(&id, &json!({"firstName": "Other"})).await.unwrap();
        assert_eq!(api.get(&id).await.unwrap(), renamed, "{}", api.name());
        let contacts = &renamed["customFieldValues"][EVERYTHING]["Contacts"];
        assert_eq!(contacts[0]["fullName"], "Other", "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_that_are_named_twice_count_once() {
    let server = TestServer::start().await;
    for api in server.both() {
        let id = made(&api, &json!({})).await;
        let patch = json!({"groups": [{"id": CLIENTS}, {"id": FRIENDS}, {"id": CLIENTS}]});
        let updated = api.update(&id, &patch).await.unwrap();
        let ids: Vec<_> = updated["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| &group["id"])
            .collect();
        assert_eq!(ids, [CLIENTS, FRIENDS], "{}", api.name());
    }
}
