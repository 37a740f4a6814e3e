//! The documented fields in and out, their limits, and who may take part.

use serde_json::{Value, json};
use tests::fixture::{BOB, CLIENTS, EVERYTHING, OTHER_COMPANY, TECH_CORP};
use tests::{Refused, TestServer, sample};

use super::{company, id, parties, person};

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_all_it_takes_and_everything_else_is_shown_unset() {
    let server = TestServer::start().await;
    for api in server.both() {
        // The demo's, and one whose type has no fields.
        for (group, object_type) in [
            (CLIENTS, "Deals"),
            (EVERYTHING, "Deals"),
            (EVERYTHING, "Projects"),
        ] {
            let deals = api.deals(group, object_type);
            let created = deals.create(&json!({"name": "  Bare\t"})).await.unwrap();
            let (_, mut shown) = sample::without_id_and_time(created.clone());
            let values = shown
                .as_object_mut()
                .unwrap()
                .remove("customFieldValues")
                .unwrap();
            assert!(
                values.as_object().unwrap().values().all(Value::is_null),
                "{values}"
            );
            let bare = json!({"name": "Bare", "people": [], "companies": [], "createdBy": sample::john()});
            assert_eq!(shown, bare, "{} {object_type}", api.name());
            assert_eq!(deals.get(id(&created)).await.unwrap(), created);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_has_1_to_1000_characters_and_may_be_anothers() {
    let server = TestServer::start().await;
    for api in server.both() {
        let deals = api.deals(EVERYTHING, "Deals");
        let name = "漢".repeat(1000);
        let first = deals.create(&json!({"name": name})).await.unwrap();
        let second = deals.create(&json!({"name": name})).await.unwrap();
        assert_eq!(
            (&first["name"], &second["name"]),
            (&json!(name), &json!(name)),
            "{}",
            api.name()
        );
        assert_ne!(first["id"], second["id"], "{}", api.name());
        for (wrong, code) in [
            ("漢".repeat(1001), "too_big"),
            (String::new(), "too_small"),
            (" \n".to_owned(), "too_small"),
            ("a\0".to_owned(), "invalid_string"),
        ] {
            let expected = Err(Refused::for_issues(&[(json!(["name"]), code)]));
            assert_eq!(
                deals.create(&json!({"name": wrong})).await,
                expected,
                "{}",
                api.name()
            );
            assert_eq!(
                deals.update(id(&first), &json!({"name": wrong})).await,
                expected,
                "{}",
                api.name()
            );
        }
    }
    let path = format!("/v1/groups/{EVERYTHING}/Deals");
    for (body, at) in [
        ("{}", json!(["name"])),
        (r#"{"name": null}"#, json!(["name"])),
        (r#"{"name": "x", "people": null}"#, json!(["people"])),
        (r#"{"name": "x", "companies": null}"#, json!(["companies"])),
        (
            r#"{"name": "x", "customFieldValues": null}"#,
            json!(["customFieldValues"]),
        ),
        (
            r#"{"name": "x", "companies": [{"name": "x"}]}"#,
            json!(["companies", 0]),
        ),
        (r#"{"name": "x", "groups": []}"#, json!([])),
        (r#"{"name": "x", "add": {}}"#, json!([])),
    ] {
        let answer = server.rest().send("POST", &path, body).await;
        assert_eq!(answer.status, 422, "{body} {}", answer.text);
        let issues = answer.json()["error"]["details"]["issues"].clone();
        let mut paths = issues.as_array().unwrap().iter().map(|issue| &issue["path"]);
        let starts = |path: &Value| path.as_array().unwrap().starts_with(at.as_array().unwrap());
        assert!(paths.all(starts), "{body} {issues}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_and_companies_keep_their_order_and_count_once() {
    let server = TestServer::start().await;
    for api in server.both() {
        let [ada, bea, engines, bakery] = parties(&api).await;
        let deals = api.deals(EVERYTHING, "Projects");
        let mut body = sample::full_deal("D", &[&bea, &ada, &bea], &[&bakery, &engines, &bakery]);
        body.as_object_mut().unwrap().remove("customFieldValues");
        let created = deals.create(&body).await.unwrap();
        let people = json!([{"id": bea["id"], "fullName": bea["fullName"]}, {"id": ada["id"], "fullName": ada["fullName"]}]);
        assert_eq!(created["people"], people, "{}", api.name());
        let companies = json!([{"id": bakery["id"], "name": bakery["name"]}, {"id": engines["id"], "name": engines["name"]}]);
        assert_eq!(created["companies"], companies, "{}", api.name());
        // A present list replaces the list, an absent one stays, and names are the present ones.
        let updated = deals
            .update(id(&created), &json!({"people": [{"id": ada["id"]}]}))
            .await
            .unwrap();
        assert_eq!(updated["people"], json!([people[1]]), "{}", api.name());
        assert_eq!(updated["companies"], companies, "{}", api.name());
        api.update(id(&ada), &json!({"fullName": "Countess"}))
            .await
            .unwrap();
        assert_eq!(
            deals.get(id(&created)).await.unwrap()["people"][0]["fullName"],
            "Countess"
        );
        let updated = deals
            .update(id(&created), &json!({"people": [], "companies": []}))
            .await
            .unwrap();
        assert_eq!(
            (&updated["people"], &updated["companies"]),
            (&json!([]), &json!([]))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_member_of_the_group_takes_no_part() {
    let server = TestServer::start().await;
    let nobody = "per_00000000-0000-7000-8000-000000000000";
    for api in server.both() {
        let deals = api.deals(EVERYTHING, "Deals");
        let [ada, _, engines, _] = parties(&api).await;
        let outside = person(&api, "Outside", CLIENTS).await;
        let body = json!({
            "name": "D",
            "people": [{"id": ada["id"]}, {"id": BOB}, {"id": nobody}, {"id": outside["id"]}, {"id": TECH_CORP}],
            "companies": [{"id": TECH_CORP}, {"id": engines["id"]}, {"id": OTHER_COMPANY}, {"id": BOB}],
        });
        let at = |list: &str, place: u32| (json!([list, place, "id"]), "custom");
        let refused = deals.create(&body).await.unwrap_err();
        let expected: Vec<_> = [1, 2, 3, 4]
            .map(|place| at("people", place))
            .into_iter()
            .chain([0, 2, 3].map(|place| at("companies", place)))
            .collect();
        let paths =
            |issues: Vec<(Value, String)>| issues.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
        assert_eq!(
            paths(refused.issues),
            paths(Refused::for_issues(&expected).issues),
            "{}",
            api.name()
        );
        let created = deals
            .create(&json!({"name": "D", "people": [{"id": ada["id"]}]}))
            .await
            .unwrap();
        let patch = json!({"people": [{"id": outside["id"]}]});
        let expected = Refused::for_issues(&[at("people", 0)]);
        assert_eq!(
            deals.update(id(&created), &patch).await,
            Err(expected),
            "{}",
            api.name()
        );
        assert_eq!(deals.get(id(&created)).await.unwrap(), created, "{}", api.name());
        // Who leaves the group leaves its deals, and no others.
        let other = api.deals(CLIENTS, "Deals");
        let both = json!({"groups": [{"id": EVERYTHING}, {"id": CLIENTS}]});
        api.update(id(&ada), &both).await.unwrap();
        let elsewhere = other
            .create(&json!({"name": "E", "people": [{"id": ada["id"]}]}))
            .await
            .unwrap();
        api.update(id(&ada), &json!({"groups": [{"id": CLIENTS}]}))
            .await
            .unwrap();
        assert_eq!(
            deals.get(id(&created)).await.unwrap()["people"],
            json!([]),
            "{}",
            api.name()
        );
        assert_eq!(
            other.get(id(&elsewhere)).await.unwrap()["people"],
            elsewhere["people"]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_of_each_take_part_and_no_more() {
    let server = TestServer::unlimited().await;
    for api in server.both() {
        let deals = api.deals(EVERYTHING, "Projects");
        let (mut people, mut companies) = (Vec::new(), Vec::new());
        for number in 0..21 {
            let made = person(&api, &format!("P{number}"), EVERYTHING).await;
            people.push(json!({"id": made["id"]}));
            let made = company(&api, &format!("C{number} {}", api.name()), EVERYTHING).await;
            companies.push(json!({"id": made["id"]}));
        }
        let body = json!({"name": "Full", "people": people[..20], "companies": companies[..20]});
        let created = deals.create(&body).await.unwrap();
        for (list, sent) in [("people", &people), ("companies", &companies)] {
            let shown: Vec<_> = created[list]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| json!({"id": one["id"]}))
                .collect();
            assert_eq!(shown, sent[..20], "{} {list}", api.name());
            let expected = Err(Refused::for_issues(&[(json!([list]), "too_big")]));
            assert_eq!(
                deals.update(id(&created), &json!({list: sent})).await,
                expected,
                "{}",
                api.name()
            );
            assert_eq!(
                deals.create(&json!({"name": "Over", list: sent})).await,
                expected,
                "{}",
                api.name()
            );
        }
    }
}
