//! Custom values: those that are named change, the others keep what they have.

use serde_json::{Value, json};
use tests::fixture::{BOB, ENGINEERING, EVERYTHING, FRIENDS, HR_SERVICES, JANE, JOHN};
use tests::{Refused, TestServer, sample};

use super::made;

#[tokio::test(flavor = "multi_thread")]
async fn a_value_of_each_type_changes_alone_and_is_unset_alone() {
    let server = TestServer::start().await;
    let john = sample::john();
    for api in server.both() {
        for (field, new, shown) in [
            ("Text", json!(" other "), json!("other")),
            ("Magic", json!("x"), json!("x")),
            ("Number", json!(-1.50), json!("-1.5")),
            ("Date", json!("2000-02-29"), json!("2000-02-29")),
            ("Select", json!("Alpha"), json!("A")),
            ("Multiple", json!(["B", "A", "B"]), json!(["B", "A"])),
            (
                "Contacts",
                json!([{"id": BOB}, {"id": HR_SERVICES}]),
                json!([
                    {"id": BOB, "fullName": "Bob Smith", "entityType": "person"},
                    {"id": HR_SERVICES, "fullName": "HR services", "entityType": "company"},
                ]),
            ),
            (
                "Users",
                json!([{"email": "JOHN.DOE@example.com"}, {"id": JOHN}]),
                json!([john]),
            ),
            ("Deals", json!([]), Value::Null),
            ("Text", json!(""), Value::Null),
            ("Select", Value::Null, Value::Null),
            ("Contacts", Value::Null, Value::Null),
            ("Multiple", json!([]), Value::Null),
        ] {
            let created = api.create(&sample::full()).await.unwrap();
            let id = created["id"].as_str().unwrap();
            let mut expected = created.clone();
            expected["customFieldValues"][EVERYTHING][field] = shown;
            let patch = json!({"customFieldValues": {EVERYTHING: {field: new}}});
            let updated = api.update(id, &patch).await.unwrap();
            assert_eq!(updated, expected, "{} {patch}", api.name());
            assert_eq!(api.get(id).await.unwrap(), expected, "{} {patch}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn naming_no_value_changes_none() {
    let server = TestServer::start().await;
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let id = created["id"].as_str().unwrap();
        for patch in [
            json!({"customFieldValues": {}}),
            json!({"customFieldValues": {EVERYTHING: {}}}),
        ] {
            assert_eq!(
                api.update(id, &patch).await.unwrap(),
                created,
                "{} {patch}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_name_addresses_the_value_of_its_field() {
    let server = TestServer::start().await;
    for api in server.both() {
        let id = made(&api, &sample::full()).await;
        let patch = json!({"customFieldValues": {EVERYTHING: {"Formerly": "new"}}});
        let updated = api.update(&id, &patch).await.unwrap();
        assert_eq!(
            updated["customFieldValues"][EVERYTHING]["Renamed"],
            "new",
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_group_must_be_among_the_new_groups_if_given_and_else_the_present_ones() {
    let server = TestServer::start().await;
    let color = json!({"Favorite color": "Red"});
    let not_there = Refused::for_issues(&[(json!(["customFieldValues", FRIENDS]), "custom")]);
    for api in server.both() {
        let id = made(&api, &json!({"groups": [{"id": ENGINEERING}]})).await;
        let before = api.get(&id).await.unwrap();
        let alone = json!({"customFieldValues": {FRIENDS: color}});
        assert_eq!(
            api.update(&id, &alone).await,
            Err(not_there.clone()),
            "{}",
            api.name()
        );
        assert_eq!(api.get(&id).await.unwrap(), before);
        for join in [
            json!({"customFieldValues": {FRIENDS: color}, "groups": [{"id": FRIENDS}]}),
            json!({"customFieldValues": {FRIENDS: color}, "add": {"groups": [{"id": FRIENDS}]}}),
        ] {
            let id = made(&api, &json!({"groups": [{"id": ENGINEERING}]})).await;
            let updated = api.update(&id, &join).await.unwrap();
            assert_eq!(updated["customFieldValues"][FRIENDS]["Favorite color"], "Red");
            // Now it is present, and a value can follow alone; unless the same patch ends the membership.
            assert!(api.update(&id, &alone).await.is_ok(), "{}", api.name());
            for leave in [
                json!({"customFieldValues": {FRIENDS: color}, "groups": [{"id": ENGINEERING}]}),
                json!({"customFieldValues": {FRIENDS: color}, "remove": {"groups": [{"id": FRIENDS}]}}),
            ] {
                let refused = api.update(&id, &leave).await;
                assert_eq!(refused, Err(not_there.clone()), "{} {leave}", api.name());
            }
            assert_eq!(api.get(&id).await.unwrap(), updated, "{}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_replaced_as_a_whole_when_they_grow_shrink_and_move() {
    let server = TestServer::start().await;
    for api in server.both() {
        let id = made(&api, &json!({"groups": [{"id": EVERYTHING}]})).await;
        for users in [
            vec![JOHN, JANE],
            vec![JANE, JOHN],
            vec![JANE],
            vec![JOHN],
            vec![JOHN, JANE],
            vec![],
        ] {
            let sent: Vec<_> = users.iter().map(|user| json!({"id": user})).collect();
            let patch = json!({"customFieldValues": {EVERYTHING: {"Users": sent}}});
            api.update(&id, &patch).await.unwrap();
            let shown = api.get(&id).await.unwrap()["customFieldValues"][EVERYTHING]["Users"].clone();
            let shown: Vec<_> = shown
                .as_array()
                .into_iter()
                .flatten()
                .map(|user| &user["id"])
                .collect();
            assert_eq!(shown, users, "{}", api.name());
        }
    }
}
