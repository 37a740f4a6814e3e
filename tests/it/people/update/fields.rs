//! The plain fields: absent, empty, and with a value.

use serde_json::{Value, json};
use tests::{TestServer, sample};

use super::made;

#[tokio::test(flavor = "multi_thread")]
async fn each_field_alone_changes_and_leaves_all_others() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (field, value) in [
            ("firstName", json!("Augusta")),
            ("firstName", json!("")),
            ("lastName", json!("Byron")),
            ("fullName", json!("Ada L.")),
            ("description", json!("")),
            ("jobTitle", json!("Analyst")),
            ("birthday", json!("1900-02-28")),
            ("birthday", Value::Null),
            ("addresses", json!(["Here"])),
            ("emails", json!([])),
            ("phones", json!(["+1", "+2", "+3"])),
            ("urls", json!(["https://example.com"])),
        ] {
            let created = api.create(&sample::full()).await.unwrap();
            let id = created["id"].as_str().unwrap();
            let mut expected = created.clone();
            expected[field] = value.clone();
            let updated = api.update(id, &json!({field: value})).await.unwrap();
            assert_eq!(updated, expected, "{} {field}", api.name());
            assert_eq!(api.get(id).await.unwrap(), expected, "{} {field}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_at_one_door_is_seen_at_the_other() {
    let server = TestServer::start().await;
    let [rest, grpc] = server.both();
    for (one, other) in [(&rest, &grpc), (&grpc, &rest)] {
        let id = made(one, &sample::full()).await;
        let updated = one
            .update(&id, &json!({"jobTitle": "Analyst", "birthday": null}))
            .await;
        let updated = updated.unwrap();
        assert_eq!(other.get(&id).await.unwrap(), updated);
        assert_eq!(updated["jobTitle"], "Analyst");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_given_full_name_stays_until_an_empty_one_makes_it_derived_again() {
    let server = TestServer::start().await;
    for api in server.both() {
        let id = made(&api, &json!({"firstName": "Ada", "lastName": "Byron"})).await;
        for (patch, full_name) in [
            (json!({"lastName": "King"}), "Ada King"),
            (json!({"fullName": "Countess"}), "Countess"),
            (json!({"firstName": "Augusta"}), "Countess"),
            (json!({"fullName": ""}), "Augusta King"),
            (json!({"lastName": ""}), "Augusta"),
            (json!({"fullName": "  "}), "Augusta"),
            (json!({"fullName": "Ada", "firstName": "A"}), "Ada"),
            (json!({"fullName": "", "firstName": "B"}), "B"),
            // A given name that equals the derived one is given all the same.
            (json!({"fullName": "B"}), "B"),
            (json!({"firstName": "C"}), "B"),
        ] {
            let updated = api.update(&id, &patch).await.unwrap();
            assert_eq!(updated["fullName"], full_name, "{} {patch}", api.name());
            assert_eq!(api.get(&id).await.unwrap()["fullName"], full_name, "{patch}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_trimmed_and_lists_cleaned_as_in_a_create() {
    let server = TestServer::start().await;
    for api in server.both() {
        let id = made(&api, &sample::full()).await;
        let patch = json!({"firstName": " Ada\n", "emails": [" b@c ", "", "b@c", "a@c", "  "]});
        let updated = api.update(&id, &patch).await.unwrap();
        assert_eq!(updated["firstName"], "Ada", "{}", api.name());
        assert_eq!(updated["emails"], json!(["b@c", "a@c"]), "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_that_changes_nothing_leaves_etag_and_log_as_they_were() {
    let server = TestServer::start().await;
    let log = "SELECT count(*) FROM changes";
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let id = created["id"].as_str().unwrap();
        let (etag, before) = (api.etag(id).await, server.database.number(log).await);
        let updated_at = server
            .database
            .text("SELECT max(updated_at)::text FROM people")
            .await;
        for patch in [
            json!({}),
            json!({"add": {}, "remove": {}}),
            json!({"firstName": " Ada "}),
            json!({"groups": created["groups"].as_array().unwrap().iter()
                .map(|group| json!({"id": group["id"]})).collect::<Vec<_>>()}),
            json!({"companies": [{"name": "tech  corp"}, {"name": "HR services"}]}),
            json!({"customFieldValues": {tests::fixture::EVERYTHING: {"Number": "012345678901234567890.1234567890"}}}),
            json!({"add": {"emails": ["ada@example.com"]}, "remove": {"emails": ["nobody@example.com"]}}),
        ] {
            assert_eq!(
                api.update(id, &patch).await.unwrap(),
                created,
                "{} {patch}",
                api.name()
            );
            assert_eq!(api.etag(id).await, etag, "{} {patch}", api.name());
            assert_eq!(
                server.database.number(log).await,
                before,
                "{} {patch}",
                api.name()
            );
        }
        let now = server
            .database
            .text("SELECT max(updated_at)::text FROM people")
            .await;
        assert_eq!(now, updated_at, "{}", api.name());
        api.update(id, &json!({"firstName": "ada"})).await.unwrap();
        assert_ne!(api.etag(id).await, etag, "{}", api.name());
        assert_eq!(server.database.number(log).await, before + 1, "{}", api.name());
    }
}
