//! PATCH: what is named changes, what is not stays; etags.

use futures_util::future::join_all;
use serde_json::json;
use tests::fixture::{CLIENTS, EVERYTHING, FRIENDS, TECH_CORP, WRITE_KEY};
use tests::{Refused, TestServer, sample};

use super::{bare, id};

const NOT_FOUND: &str = "RESOURCE_NOT_FOUND";

#[tokio::test(flavor = "multi_thread")]
async fn each_field_changes_alone_and_an_empty_patch_changes_nothing() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    for api in server.both() {
        let companies = api.companies();
        let full = format!("Engines of {}", api.name());
        let mut expected = companies.create(&sample::full_company(&full)).await.unwrap();
        let company = id(&expected).to_owned();
        for (key, value) in [
            ("name", json!(format!("Other of {}", api.name()))),
            ("description", json!("other")),
            ("fundingRaised", json!("5.5")),
            ("lastFundingDate", json!("2000-02-29")),
            ("industry", json!("other")),
            ("foundationYear", json!("2000")),
            ("employeeRange", json!("10000+")),
            ("addresses", json!(["one"])),
            ("emails", json!(["two", "one"])),
            ("phones", json!(["3"])),
            ("urls", json!(["u"])),
        ] {
            expected[key] = value.clone();
            let updated = companies.update(&company, &json!({key: value})).await.unwrap();
            assert_eq!(updated, expected, "{} {key}", api.name());
        }
        let etag = companies.etag(&company).await;
        assert_eq!(companies.update(&company, &json!({})).await.unwrap(), expected);
        assert_eq!(companies.etag(&company).await, etag, "{}", api.name());
        let unset = json!({
            "description": "", "fundingRaised": null, "lastFundingDate": null, "industry": null,
            "foundationYear": null, "employeeRange": null, "groups": [], "addresses": [], "emails": [], "phones": [],
            "urls": [],
        });
        let updated = companies.update(&company, &unset).await.unwrap();
        let (_, shown) = sample::without_id_and_time(updated);
        assert_eq!(shown, bare(expected["name"].as_str().unwrap()), "{}", api.name());
        let blank = companies.update(&company, &json!({"name": " "})).await;
        assert_eq!(blank, Err(Refused::for_issues(&[(json!(["name"]), "too_small")])));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn single_entries_are_added_and_removed() {
    let server = TestServer::start().await;
    for api in server.both() {
        let companies = api.companies();
        let body = json!({"name": api.name(), "groups": [{"id": CLIENTS}], "emails": ["a", "b"], "phones": ["1"],
            "addresses": ["x"], "urls": ["u"]});
        let created = companies.create(&body).await.unwrap();
        let patch = json!({
            "add": {"emails": ["c", "b", " "], "phones": ["2"], "groups": [{"id": FRIENDS}, {"id": CLIENTS}]},
            "remove": {"emails": ["a", "nowhere"], "addresses": ["x"], "urls": ["v"]},
        });
        let updated = companies.update(id(&created), &patch).await.unwrap();
        assert_eq!(updated["emails"], json!(["b", "c"]), "{}", api.name());
        assert_eq!(updated["phones"], json!(["1", "2"]));
        assert_eq!(updated["addresses"], json!([]));
        assert_eq!(updated["urls"], json!(["u"]));
        let groups: Vec<_> = updated["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| &group["id"])
            .collect();
        assert_eq!(groups, [CLIENTS, FRIENDS]);
        let patch =
            json!({"remove": {"groups": [{"id": CLIENTS}]}, "add": {"emails": ["a"]}, "description": "d"});
        let updated = companies.update(id(&created), &patch).await.unwrap();
        assert_eq!(updated["groups"], json!([{"id": FRIENDS, "name": "Friends"}]));
        assert_eq!(
            (&updated["emails"], &updated["description"]),
            (&json!(["b", "c", "a"]), &json!("d"))
        );
        // The list as a whole has its limit.
        let many: Vec<_> = (0..18).map(|number| format!("m{number}")).collect();
        let refused = companies
            .update(id(&created), &json!({"add": {"emails": many}}))
            .await
            .unwrap_err();
        assert_eq!(refused.issues[0].1, "too_big", "{} {refused:?}", api.name());
    }
    // Companies have no companies.
    let path = format!("/v1/companies/{TECH_CORP}");
    for wrong in [
        json!({"add": {"companies": []}}),
        json!({"companies": []}),
        json!({"id": TECH_CORP}),
    ] {
        let answer = server.rest().send("PATCH", &path, wrong.to_string()).await;
        let issue = &answer.json()["error"]["details"]["issues"][0];
        assert_eq!(issue["code"], "unrecognized_keys", "{wrong} {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_etag_lets_through_and_a_stale_one_tells_the_present() {
    let server = TestServer::start().await;
    for (api, other) in server.both().iter().zip(server.both().iter().rev()) {
        let companies = api.companies();
        let created = companies.create(&json!({"name": api.name()})).await.unwrap();
        let first = companies.etag(id(&created)).await;
        assert_eq!(other.companies().etag(id(&created)).await, first);
        companies
            .update_if(id(&created), &json!({"industry": "A"}), Some(&first))
            .await
            .unwrap();
        let second = companies.etag(id(&created)).await;
        assert_ne!(first, second, "{}", api.name());
        for patch in [
            json!({"industry": "B"}),
            json!({}),
            json!({"name": "Tech Corp"}),
            json!({"name": ""}),
        ] {
            let refused = companies.update_if(id(&created), &patch, Some(&first)).await;
            assert_eq!(refused, Err(Refused::stale(&second)), "{} {patch}", api.name());
        }
        let refused = companies.delete_if(id(&created), Some(&first)).await;
        assert_eq!(refused, Err(Refused::stale(&second)), "{}", api.name());
        assert_eq!(companies.get(id(&created)).await.unwrap()["industry"], "A");
        // A change of another company is none of this one.
        companies
            .update(TECH_CORP, &json!({"industry": api.name()}))
            .await
            .unwrap();
        assert_eq!(companies.etag(id(&created)).await, second);
        companies.delete_if(id(&created), Some(&second)).await.unwrap();
        let gone = companies.delete_if(id(&created), Some(&second)).await;
        assert_eq!(gone, Err(Refused::with_code(NOT_FOUND)), "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_updates_of_different_fields_are_all_kept_and_with_one_etag_one_wins() {
    let server = TestServer::unlimited().await;
    server.define_fields("company").await;
    let [rest, grpc] = server.both_as(WRITE_KEY);
    let (rest, grpc) = (rest.companies(), grpc.companies());
    let created = rest
        .create(&json!({"name": "Busy", "groups": [{"id": EVERYTHING}]}))
        .await
        .unwrap();
    let id = id(&created);
    for round in 0..20 {
        let value = format!("round {round}");
        let patches = [
            json!({"name": format!("Busy {round}")}),
            json!({"description": value}),
            json!({"industry": value}),
            json!({"emails": [value]}),
            json!({"customFieldValues": {EVERYTHING: {"Text": value}}}),
            json!({"customFieldValues": {EVERYTHING: {"Magic": value}}}),
        ];
        let updates = patches.iter().enumerate();
        let updates =
            updates.map(|(number, patch)| if number % 2 == 0 { &rest } else { &grpc }.update(id, patch));
        for updated in join_all(updates).await {
            updated.unwrap();
        }
        let shown = rest.get(id).await.unwrap();
        let values = &shown["customFieldValues"][EVERYTHING];
        for stored in [
            &shown["description"],
            &shown["industry"],
            &shown["emails"][0],
            &values["Text"],
            &values["Magic"],
        ] {
            assert_eq!(*stored, json!(value), "{shown}");
        }
        assert_eq!(shown["name"], format!("Busy {round}"));

        let etag = rest.etag(id).await;
        let updates = (0..6).map(|number| {
            let patch = json!({"industry": format!("{number}")});
            let (companies, etag) = (if number % 2 == 0 { &rest } else { &grpc }, etag.as_str());
            async move { companies.update_if(id, &patch, Some(etag)).await }
        });
        let outcomes = join_all(updates).await;
        assert_eq!(
            outcomes.iter().filter(|outcome| outcome.is_ok()).count(),
            1,
            "{outcomes:?}"
        );
        let present = rest.etag(id).await;
        for lost in outcomes.into_iter().filter_map(Result::err) {
            assert_eq!(lost, Refused::stale(&present));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_none_or_of_another_kind_finds_nothing() {
    let server = TestServer::start().await;
    for (wrong, status) in [
        ("com_00000000-0000-7000-8000-000000000000", 404),
        (tests::fixture::BOB, 404),
        (tests::fixture::OTHER_COMPANY, 404),
        ("com_1", 422),
        ("1", 422),
    ] {
        let path = format!("/v1/companies/{wrong}");
        for (method, body) in [("GET", ""), ("PATCH", "{}"), ("DELETE", "")] {
            let answer = server.rest().send(method, &path, body).await;
            assert_eq!(answer.status.as_u16(), status, "{method} {wrong} {}", answer.text);
            if status == 422 {
                let issues = &answer.json()["error"]["details"]["issues"];
                assert_eq!(issues[0]["path"], json!(["companyId"]), "{method} {wrong}");
            }
        }
        let [_, grpc] = server.both();
        assert!(grpc.companies().get(wrong).await.is_err(), "{wrong}");
    }
    assert_eq!(
        server.rest().send("PUT", "/v1/companies", "{}").await.error(),
        (405, "METHOD_NOT_ALLOWED".to_owned())
    );
}
