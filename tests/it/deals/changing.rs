//! PATCH and etags, and deals that go.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::fixture::{CLIENTS, EVERYTHING, WRITE_KEY};
use tests::{Refused, TestServer, sample};

use super::{id, parties};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_named_changes_and_what_is_not_stays() {
    let server = TestServer::start().await;
    server.define_fields("Deals").await;
    for api in server.both() {
        let [ada, bea, engines, bakery] = parties(&api).await;
        let deals = api.deals(EVERYTHING, "Deals");
        let full = sample::full_deal("D", &[&ada, &bea], &[&engines]);
        let mut expected = deals.create(&full).await.unwrap();
        let deal = id(&expected).to_owned();
        for (key, sent, shown) in [
            ("name", json!("E"), json!("E")),
            (
                "people",
                json!([{"id": bea["id"]}]),
                json!([{"id": bea["id"], "fullName": bea["fullName"]}]),
            ),
            (
                "companies",
                json!([{"id": bakery["id"]}]),
                json!([{"id": bakery["id"], "name": bakery["name"]}]),
            ),
        ] {
            expected[key] = shown;
            assert_eq!(
                deals.update(&deal, &json!({key: sent})).await.unwrap(),
                expected,
                "{} {key}",
                api.name()
            );
        }
        expected["customFieldValues"]["Text"] = json!("new");
        let patch = json!({"customFieldValues": {"Text": "new"}});
        assert_eq!(
            deals.update(&deal, &patch).await.unwrap(),
            expected,
            "{}",
            api.name()
        );
        let etag = deals.etag(&deal).await;
        for nothing in [json!({}), patch, json!({"name": " E "})] {
            assert_eq!(
                deals.update(&deal, &nothing).await.unwrap(),
                expected,
                "{}",
                api.name()
            );
            assert_eq!(deals.etag(&deal).await, etag, "{} {nothing}", api.name());
        }
        for key in ["groupId", "objectType", "id", "createdBy", "add", "remove"] {
            let path = format!("{}/{deal}", deals.path());
            let answer = server
                .rest()
                .send("PATCH", &path, json!({key: {}}).to_string())
                .await;
            let issue = &answer.json()["error"]["details"]["issues"][0];
            assert_eq!(issue["code"], "unrecognized_keys", "{key} {}", answer.text);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_etag_lets_through_and_a_stale_one_tells_the_present() {
    let server = TestServer::start().await;
    for (api, other) in server.both().iter().zip(server.both().iter().rev()) {
        let deals = api.deals(CLIENTS, "Deals");
        let created = deals.create(&json!({"name": "A"})).await.unwrap();
        let first = deals.etag(id(&created)).await;
        assert_eq!(other.deals(CLIENTS, "Deals").etag(id(&created)).await, first);
        deals
            .update_if(id(&created), &json!({"name": "B"}), Some(&first))
            .await
            .unwrap();
        let second = deals.etag(id(&created)).await;
        assert_ne!(first, second, "{}", api.name());
        for patch in [json!({"name": "C"}), json!({}), json!({"name": ""})] {
            let refused = deals.update_if(id(&created), &patch, Some(&first)).await;
            assert_eq!(refused, Err(Refused::stale(&second)), "{} {patch}", api.name());
        }
        let refused = deals.delete_if(id(&created), Some(&first)).await;
        assert_eq!(refused, Err(Refused::stale(&second)), "{}", api.name());
        deals.delete_if(id(&created), Some(&second)).await.unwrap();
        let gone = deals.delete_if(id(&created), Some(&second)).await;
        assert_eq!(
            gone,
            Err(Refused::with_code("RESOURCE_NOT_FOUND")),
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_updates_of_different_fields_are_all_kept_and_with_one_etag_one_wins() {
    let server = TestServer::unlimited().await;
    server.define_fields("Deals").await;
    let [rest, grpc] = server.both_as(WRITE_KEY);
    let [ada, _, engines, _] = parties(&rest).await;
    let (rest, grpc) = (rest.deals(EVERYTHING, "Deals"), grpc.deals(EVERYTHING, "Deals"));
    let created = rest.create(&json!({"name": "Busy"})).await.unwrap();
    let deal = id(&created);
    for round in 0..15 {
        let value = format!("round {round}");
        let (people, companies) = match round % 2 {
            0 => (json!([{"id": ada["id"]}]), json!([{"id": engines["id"]}])),
            _ => (json!([]), json!([])),
        };
        let patches = [
            json!({"name": value}),
            json!({"people": people}),
            json!({"companies": companies}),
            json!({"customFieldValues": {"Text": value}}),
            json!({"customFieldValues": {"Magic": value}}),
        ];
        let updates = patches.iter().enumerate();
        let updates =
            updates.map(|(number, patch)| if number % 2 == 0 { &rest } else { &grpc }.update(deal, patch));
        for updated in join_all(updates).await {
            updated.unwrap();
        }
        let shown = rest.get(deal).await.unwrap();
        let values = &shown["customFieldValues"];
        for stored in [&shown["name"], &values["Text"], &values["Magic"]] {
            assert_eq!(*stored, json!(value), "{shown}");
        }
        let count = |list: &Value| list.as_array().map(Vec::len);
        assert_eq!(count(&shown["people"]), count(&people), "{shown}");
        assert_eq!(count(&shown["companies"]), count(&companies), "{shown}");

        let etag = rest.etag(deal).await;
        let updates = (0..6).map(|number| {
            let patch = json!({"name": format!("{number}")});
            let (deals, etag) = (if number % 2 == 0 { &rest } else { &grpc }, etag.as_str());
            async move { deals.update_if(deal, &patch, Some(etag)).await }
        });
        let outcomes = join_all(updates).await;
        assert_eq!(
            outcomes.iter().filter(|outcome| outcome.is_ok()).count(),
            1,
            "{outcomes:?}"
        );
        let present = rest.etag(deal).await;
        for lost in outcomes.into_iter().filter_map(Result::err) {
            assert_eq!(lost, Refused::stale(&present));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_deal_goes_from_the_object_fields_of_people_companies_and_deals() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    server.define_fields("Deals").await;
    for api in server.both() {
        let deals = api.deals(EVERYTHING, "Deals");
        let gone = deals.create(&json!({"name": "Gone"})).await.unwrap();
        let values = json!({"Deals": [{"id": gone["id"]}, {"id": tests::fixture::DEAL}]});
        let member = json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: values}});
        let person = api.create(&member).await.unwrap();
        let mut company = member.clone();
        company["name"] = json!(format!("Linked {}", api.name()));
        let company = api.companies().create(&company).await.unwrap();
        let deal = deals
            .create(&json!({"name": "Stays", "customFieldValues": values}))
            .await
            .unwrap();
        deals.delete(id(&gone)).await.unwrap();
        let left = json!([{"id": tests::fixture::DEAL, "fullName": "Big deal", "entityType": "object"}]);
        let person = api.get(id(&person)).await.unwrap();
        assert_eq!(
            person["customFieldValues"][EVERYTHING]["Deals"],
            left,
            "{}",
            api.name()
        );
        let company = api.companies().get(id(&company)).await.unwrap();
        assert_eq!(
            company["customFieldValues"][EVERYTHING]["Deals"],
            left,
            "{}",
            api.name()
        );
        let deal = deals.get(id(&deal)).await.unwrap();
        assert_eq!(deal["customFieldValues"]["Deals"], left, "{}", api.name());
    }
}
