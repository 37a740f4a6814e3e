//! Single entries, added and removed.

use serde_json::{Value, json};
use tests::fixture::{CLIENTS, ENGINEERING, EVERYTHING, FRIENDS, HR_SERVICES, TECH_CORP};
use tests::{Refused, TestServer, sample};

use super::made;

const TEXTS: [&str; 4] = ["addresses", "emails", "phones", "urls"];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_comes_last_unless_it_is_there_and_what_is_removed_may_be_absent() {
    let server = TestServer::start().await;
    for api in server.both() {
        for field in TEXTS {
            let id = made(&api, &json!({field: ["a", "b", "c"]})).await;
            for (patch, expected) in [
                (
                    json!({"add": {field: ["d", "b", " e ", "", "d"]}}),
                    json!(["a", "b", "c", "d", "e"]),
                ),
                (
                    json!({"remove": {field: ["b", "x", " e "]}}),
                    json!(["a", "c", "d"]),
                ),
                // Removal comes before addition.
                (
                    json!({"add": {field: ["a"]}, "remove": {field: ["a"]}}),
                    json!(["c", "d", "a"]),
                ),
                // Both come after a replacement.
                (
                    json!({field: ["x", "y"], "add": {field: ["z"]}, "remove": {field: ["x"]}}),
                    json!(["y", "z"]),
                ),
                (json!({"remove": {field: ["y", "z"]}}), json!([])),
            ] {
                let updated = api.update(&id, &patch).await.unwrap();
                assert_eq!(updated[field], expected, "{} {patch}", api.name());
                assert_eq!(api.get(&id).await.unwrap(), updated, "{} {patch}", api.name());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn memberships_are_added_and_removed_without_touching_the_others() {
    let server = TestServer::start().await;
    let ids = |person: &Value| -> Vec<String> {
        let groups = person["groups"].as_array().unwrap();
        groups
            .iter()
            .map(|group| group["id"].as_str().unwrap().to_owned())
            .collect()
    };
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let id = created["id"].as_str().unwrap();
        let patch = json!({"add": {"groups": [{"id": CLIENTS}, {"id": EVERYTHING}, {"id": ENGINEERING}]}});
        let updated = api.update(id, &patch).await.unwrap();
        assert_eq!(
            ids(&updated),
            [EVERYTHING, FRIENDS, CLIENTS, ENGINEERING],
            "{}",
            api.name()
        );
        for group in [EVERYTHING, FRIENDS] {
            assert_eq!(
                updated["customFieldValues"][group],
                created["customFieldValues"][group]
            );
        }
        let patch = json!({"remove": {"groups": [{"id": FRIENDS}]}});
        let updated = api.update(id, &patch).await.unwrap();
        assert_eq!(
            ids(&updated),
            [EVERYTHING, CLIENTS, ENGINEERING],
            "{}",
            api.name()
        );
        assert_eq!(
            updated["customFieldValues"][EVERYTHING],
            created["customFieldValues"][EVERYTHING]
        );
        // Out and in again in one patch: the membership stays, but begins anew.
        let patch =
            json!({"add": {"groups": [{"id": EVERYTHING}]}, "remove": {"groups": [{"id": EVERYTHING}]}});
        let updated = api.update(id, &patch).await.unwrap();
        assert_eq!(
            ids(&updated),
            [CLIENTS, ENGINEERING, EVERYTHING],
            "{}",
            api.name()
        );
        let values = updated["customFieldValues"][EVERYTHING].as_object().unwrap();
        assert!(values.values().all(Value::is_null), "{} {values:?}", api.name());
        assert_eq!(api.get(id).await.unwrap(), updated, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn companies_are_added_and_removed_by_id_and_by_name() {
    let server = TestServer::start().await;
    for api in server.both() {
        let id = made(&api, &json!({"companies": [{"id": TECH_CORP}]})).await;
        let name = format!("Added by {}", api.name());
        for (patch, expected) in [
            (
                json!({"add": {"companies": [{"name": name}, {"name": "TECH corp"}, {"id": HR_SERVICES}]}}),
                vec!["Tech Corp", name.as_str(), "HR services"],
            ),
            (
                json!({"remove": {"companies": [{"name": " hr  Services"}, {"name": "Nobody"}]}}),
                vec!["Tech Corp", name.as_str()],
            ),
            (
                json!({"remove": {"companies": [{"id": TECH_CORP}]}}),
                vec![name.as_str()],
            ),
            (
                json!({"remove": {"companies": [{"id": "com_00000000-0000-7000-8000-000000000000"}]}}),
                vec![name.as_str()],
            ),
        ] {
            let updated = api.update(&id, &patch).await.unwrap();
            let names: Vec<_> = updated["companies"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| &one["name"])
                .collect();
            assert_eq!(names, expected, "{} {patch}", api.name());
            assert_eq!(api.get(&id).await.unwrap(), updated, "{} {patch}", api.name());
        }
        let nobody = "SELECT count(*) FROM companies WHERE name = 'Nobody'";
        assert_eq!(
            server.database.number(nobody).await,
            0,
            "a name to remove makes nothing"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_may_be_filled_to_its_limit_and_not_beyond() {
    let server = TestServer::start().await;
    for api in server.both() {
        for field in TEXTS {
            let many = |from: usize, to: usize| (from..to).map(|n| n.to_string()).collect::<Vec<_>>();
            let id = made(&api, &json!({field: many(0, 19)})).await;
            let refused = api
                .update(&id, &json!({"add": {field: many(19, 21)}}))
                .await
                .unwrap_err();
            let expected = Refused::for_issues(&[(json!(["add", field]), "too_big")]);
            assert_eq!(refused, expected, "{} {field}", api.name());
            let refused = api
                .update(&id, &json!({"remove": {field: many(0, 21)}}))
                .await
                .unwrap_err();
            let expected = Refused::for_issues(&[(json!(["remove", field]), "too_big")]);
            assert_eq!(refused, expected, "{} {field}", api.name());
            assert_eq!(api.get(&id).await.unwrap()[field], json!(many(0, 19)));
            // One that is there, and one out for one in, are not too many.
            let patch = json!({"add": {field: ["19", "20", "3"]}, "remove": {field: ["0"]}});
            let updated = api.update(&id, &patch).await.unwrap();
            assert_eq!(updated[field], json!(many(1, 21)), "{} {field}", api.name());
        }
        let names: Vec<_> = (0..20).map(|n| json!({"name": format!("Company {n}")})).collect();
        let id = made(&api, &json!({"companies": names})).await;
        let patch = json!({"add": {"companies": [{"id": TECH_CORP}]}});
        let refused = api.update(&id, &patch).await.unwrap_err();
        assert_eq!(
            refused,
            Refused::for_issues(&[(json!(["add", "companies"]), "too_big")])
        );
        let patch = json!({"add": {"companies": [{"name": "company 7"}]}});
        assert!(api.update(&id, &patch).await.is_ok(), "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_checked_at_their_own_paths() {
    let server = TestServer::start().await;
    let unknown = "grp_00000000-0000-7000-8000-000000000000";
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let id = created["id"].as_str().unwrap();
        let patch = json!({
            "jobTitle": "New",
            "add": {
                "phones": ["1", "2".repeat(31)],
                "groups": [{"id": FRIENDS}, {"id": unknown}],
                "companies": [{"name": " "}, {"id": "com_00000000-0000-7000-8000-000000000000"}],
            },
            "remove": {"emails": ["x".repeat(255)]},
        });
        let refused = api.update(id, &patch).await.unwrap_err();
        let expected = Refused::for_issues(&[
            (json!(["add", "phones", 1]), "too_big"),
            (json!(["add", "groups", 1, "id"]), "custom"),
            (json!(["add", "companies", 0, "name"]), "too_small"),
            (json!(["add", "companies", 1, "id"]), "custom"),
            (json!(["remove", "emails", 0]), "too_big"),
        ]);
        assert_eq!(refused, expected, "{}", api.name());
        assert_eq!(api.get(id).await.unwrap(), created, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_is_the_same_by_its_name_and_by_its_id_in_any_two_places() {
    let server = TestServer::start().await;
    for api in server.both() {
        let by_id = json!({"id": HR_SERVICES});
        let by_name = json!({"name": " hr  SERVICES "});
        for (one, other) in [(&by_id, &by_name), (&by_name, &by_id)] {
            let id = made(&api, &json!({})).await;
            let gone = json!({"companies": [one], "remove": {"companies": [other]}});
            let updated = api.update(&id, &gone).await.unwrap();
            assert_eq!(updated["companies"], json!([]), "{} {gone}", api.name());
            let mut etag = None;
            for patch in [
                json!({"companies": [one, other]}),
                json!({"companies": [other], "add": {"companies": [one]}}),
                json!({"remove": {"companies": [one]}, "add": {"companies": [other, one]}}),
            ] {
                let updated = api.update(&id, &patch).await.unwrap();
                let companies = updated["companies"].as_array().unwrap();
                assert_eq!(companies.len(), 1, "{} {patch}", api.name());
                assert_eq!(companies[0]["id"], HR_SERVICES, "{} {patch}", api.name());
                // The first patch links the company; the others leave the person as it is.
                let now = api.etag(&id).await;
                assert_eq!(
                    etag.get_or_insert_with(|| now.clone()),
                    &now,
                    "{} {patch}",
                    api.name()
                );
            }
        }
    }
}
