//! Where deals are: in a group, under an object type.

use serde_json::json;
use tests::fixture::{CLIENTS, DEAL, ENGINEERING, EVERYTHING, OTHER_DEAL, OTHER_GROUP, PROJECT};
use tests::{Query, Refused, TestServer};

use super::id;

fn not_found<T>() -> Result<T, Refused> {
    Err(Refused::with_code("RESOURCE_NOT_FOUND"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_type_that_there_is_not_is_not_found_and_those_that_there_are_are_told() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (group, object_type) in [
            (EVERYTHING, "Orders"),
            (EVERYTHING, "deals"),
            (EVERYTHING, "Deals "),
            (EVERYTHING, "person"),
            (EVERYTHING, "company"),
            (ENGINEERING, "Deals"),
            ("grp_00000000-0000-7000-8000-000000000000", "Deals"),
            (OTHER_GROUP, "Deals"),
            (DEAL, "Deals"),
        ] {
            let deals = api.deals(group, object_type);
            let context = format!("{} {group} {object_type}", api.name());
            assert_eq!(
                deals.create(&json!({"name": "D"})).await,
                not_found(),
                "{context}"
            );
            assert_eq!(deals.get(DEAL).await, not_found(), "{context}");
            assert_eq!(
                deals.update(DEAL, &json!({"name": "D"})).await,
                not_found(),
                "{context}"
            );
            assert_eq!(deals.delete(DEAL).await, not_found(), "{context}");
            assert_eq!(deals.list(&Query::default()).await, not_found(), "{context}");
            assert_eq!(deals.search(&Query::default()).await, not_found(), "{context}");
        }
    }
    let path = format!("/v1/groups/{EVERYTHING}/Orders");
    let message = server.rest().send("GET", &path, "").await.json()["error"]["message"].to_string();
    assert!(
        message.contains("Deals") && message.contains("Projects"),
        "{message}"
    );
    assert!(!message.contains("person"), "{message}");
    let answer = server.rest().send("GET", "/v1/groups/grp_1/Deals", "").await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_eq!(
        answer.json()["error"]["details"]["issues"][0]["path"],
        json!(["groupId"])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_is_only_where_it_was_made() {
    let server = TestServer::start().await;
    for api in server.both() {
        let home = api.deals(EVERYTHING, "Deals");
        let made = home.create(&json!({"name": api.name()})).await.unwrap();
        for (group, object_type) in [(EVERYTHING, "Projects"), (CLIENTS, "Deals")] {
            let elsewhere = api.deals(group, object_type);
            assert_eq!(
                elsewhere.get(id(&made)).await,
                not_found(),
                "{} {object_type}",
                api.name()
            );
            let patch = json!({"name": "Moved"});
            assert_eq!(
                elsewhere.update(id(&made), &patch).await,
                not_found(),
                "{}",
                api.name()
            );
            assert_eq!(elsewhere.delete(id(&made)).await, not_found(), "{}", api.name());
            let listed = elsewhere.list_all(&Query::default()).await.unwrap();
            assert!(
                listed.iter().all(|deal| deal["id"] != made["id"]),
                "{}",
                api.name()
            );
        }
        for wrong in [
            PROJECT,
            OTHER_DEAL,
            "obj_00000000-0000-7000-8000-000000000000",
            CLIENTS,
        ] {
            assert_eq!(home.get(wrong).await, not_found(), "{} {wrong}", api.name());
            assert_eq!(home.delete(wrong).await, not_found(), "{} {wrong}", api.name());
        }
        assert_eq!(home.get(id(&made)).await.unwrap(), made, "{}", api.name());
        assert_eq!(
            home.delete(id(&made)).await.unwrap(),
            json!({"id": made["id"]}),
            "{}",
            api.name()
        );
        assert_eq!(home.get(id(&made)).await, not_found(), "{}", api.name());
        assert_eq!(home.delete(id(&made)).await, not_found(), "{}", api.name());
    }
    let path = format!("/v1/groups/{EVERYTHING}/Deals/obj_1");
    for (method, body) in [("GET", ""), ("PATCH", "{}"), ("DELETE", "")] {
        let answer = server.rest().send(method, &path, body).await;
        assert_eq!(answer.status, 422, "{method} {}", answer.text);
        assert_eq!(
            answer.json()["error"]["details"]["issues"][0]["path"],
            json!(["objectId"]),
            "{method}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_type_may_have_any_name() {
    let server = TestServer::start().await;
    let fields = format!("/v1/groups/{EVERYTHING}/custom-fields/person");
    for name in [
        "Big Deals",
        "Ä/ö?#%",
        "a.b[c]",
        "search",
        "交易",
        "+1 & 2;",
        "50%25",
    ] {
        let body = json!({"name": name, "type": "objectField"}).to_string();
        let answer = server.rest().send("POST", &fields, body).await;
        assert_eq!(answer.status, 200, "{name} {}", answer.text);
        for api in server.both() {
            let deals = api.deals(EVERYTHING, name);
            let made = deals.create(&json!({"name": "D"})).await.unwrap();
            assert_eq!(deals.get(id(&made)).await.unwrap(), made, "{} {name}", api.name());
            deals.update(id(&made), &json!({"name": "E"})).await.unwrap();
            for _ in 0..2 {
                deals.create(&json!({"name": "D"})).await.unwrap();
            }
            // Links to the next page lead there too.
            let all = deals.list_all(&Query::pages_of(2)).await.unwrap();
            assert_eq!(
                all.len(),
                if api.name() == "REST" { 3 } else { 6 },
                "{} {name}",
                api.name()
            );
            let found = deals.search(&Query::pages_of(100)).await.unwrap();
            assert_eq!(found.records.len(), all.len(), "{} {name}", api.name());
        }
        let [rest, _] = server.both();
        let values = |id: &str| json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {name: [{"id": id}]}}});
        let made = rest
            .deals(EVERYTHING, name)
            .create(&json!({"name": "Linked"}))
            .await
            .unwrap();
        let person = rest.create(&values(id(&made))).await.unwrap();
        let shown = &person["customFieldValues"][EVERYTHING][name][0];
        assert_eq!(
            (&shown["id"], &shown["fullName"]),
            (&made["id"], &json!("Linked")),
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_object_type_is_renamed_its_deals_are_found_under_the_new_name() {
    let server = TestServer::start().await;
    let field = format!("/v1/groups/{EVERYTHING}/custom-fields/person/Deals");
    let renamed = server.rest().send("PATCH", &field, r#"{"name": "Orders"}"#).await;
    assert_eq!(renamed.status, 200, "{}", renamed.text);
    for api in server.both() {
        assert_eq!(
            api.deals(EVERYTHING, "Orders").get(DEAL).await.unwrap()["name"],
            "Big deal"
        );
        assert_eq!(
            api.deals(EVERYTHING, "Deals").get(DEAL).await,
            not_found(),
            "{}",
            api.name()
        );
    }
}
