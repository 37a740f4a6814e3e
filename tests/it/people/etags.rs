//! Etags: the price of a change, and who pays it.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::fixture::{BOB, EVERYTHING};
use tests::{Refused, TestServer, sample};

fn id(person: &Value) -> &str {
    person["id"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_single_person_comes_with_the_etag_that_both_doors_know() {
    let server = TestServer::start().await;
    let [rest, grpc] = server.both();
    let client = server.rest();
    let mut seen = Vec::new();
    let created = client.send("POST", "/v1/people", "{}").await;
    let id = created.json()["data"]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/people/{id}");
    for answer in [
        created,
        client.send("PATCH", &path, r#"{"firstName": "A"}"#).await,
        client.send("PATCH", &path, r#"{"firstName": "B"}"#).await,
        client.send("PATCH", &path, r#"{"add": {"phones": ["1"]}}"#).await,
    ] {
        seen.push(answer.header("etag").trim_matches('"').to_owned());
    }
    assert_eq!(rest.etag(&id).await, seen[3]);
    assert_eq!(grpc.etag(&id).await, seen[3]);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4, "each change makes another: {seen:?}");
    // It is one of the two things that may differ between people who are otherwise the same.
    let listed = client.send("GET", "/v1/people", "").await;
    assert_eq!(listed.header("etag"), "", "a list has none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_one_lets_through_and_a_stale_one_tells_the_present() {
    let server = TestServer::start().await;
    for api in server.both() {
        let created = api.create(&sample::full()).await.unwrap();
        let id = id(&created);
        let first = api.etag(id).await;
        api.update_if(id, &json!({"jobTitle": "A"}), Some(&first))
            .await
            .unwrap();
        let second = api.etag(id).await;
        assert_ne!(first, second, "{}", api.name());
        let stale = Err(Refused::stale(&second));
        for etag in [first.as_str(), "unknown", "0", "-1"] {
            let refused = api.update_if(id, &json!({"jobTitle": "B"}), Some(etag)).await;
            assert_eq!(refused, stale, "{} {etag}", api.name());
            // Also when nothing would change, and when something else is wrong with a person that has changed.
            assert_eq!(
                api.update_if(id, &json!({}), Some(etag)).await,
                stale,
                "{}",
                api.name()
            );
            assert_eq!(
                api.delete_if(id, Some(etag)).await.unwrap_err(),
                Refused::stale(&second),
                "{}",
                api.name()
            );
        }
        assert_eq!(api.get(id).await.unwrap()["jobTitle"], "A", "{}", api.name());
        api.update_if(id, &json!({"jobTitle": "C"}), Some(&second))
            .await
            .unwrap();
        let third = api.etag(id).await;
        assert_eq!(api.delete_if(id, Some(&third)).await.unwrap(), json!({"id": id}));
        assert_eq!(
            api.delete_if(id, Some(&third)).await,
            Err(Refused::with_code("RESOURCE_NOT_FOUND"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn if_match_takes_what_the_page_says_and_nothing_else() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    let client = server.rest();
    let path = format!("/v1/people/{BOB}");
    let patch = async |value: &str| {
        let headers = [("content-type", "application/json"), ("if-match", value)];
        client.send_with("PATCH", &path, &headers, "{}").await
    };
    let etag = rest.etag(BOB).await;
    for good in [format!("\"{etag}\""), format!("W/\"{etag}\""), "*".to_owned()] {
        assert_eq!(patch(&good).await.status, 200, "{good}");
    }
    for bad in [
        etag.clone(),
        format!("\"{etag}\", \"x\""),
        String::new(),
        "\"".to_owned(),
        "\"\"".to_owned(),
    ] {
        let answer = patch(&bad).await;
        assert_eq!(answer.status, 422, "{bad}");
        let issues = &answer.json()["error"]["details"]["issues"];
        assert_eq!(issues[0]["path"], json!(["If-Match"]), "{bad}");
        let headers = [("if-match", bad.as_str())];
        let answer = client.send_with("DELETE", &path, &headers, "").await;
        assert_eq!(answer.status, 422, "{bad}");
    }
    let answer = patch("\"x\"").await;
    assert_eq!(answer.error(), (412, "PRECONDITION_FAILED".to_owned()));
    assert_eq!(answer.header("etag"), format!("\"{etag}\""));
    assert_eq!(answer.json()["error"]["details"], json!({"etag": etag}));
    let url = answer.json()["error"]["documentationUrl"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(url.ends_with("#precondition-failed"), "{url}");
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_updates_of_different_fields_are_all_kept() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    let created = rest
        .create(&json!({"groups": [{"id": EVERYTHING}]}))
        .await
        .unwrap();
    let id = id(&created);
    for round in 0..30_usize {
        let value = format!("round {round}");
        let patches = [
            json!({"firstName": value}),
            json!({"jobTitle": value}),
            json!({"emails": [value]}),
            json!({"customFieldValues": {EVERYTHING: {"Text": value}}}),
            json!({"customFieldValues": {EVERYTHING: {"Magic": value}}}),
            json!({"add": {"phones": [value]}, "remove": {"phones": [format!("round {}", round.max(1) - 1)]}}),
        ];
        let updates = patches.iter().enumerate().map(|(number, patch)| {
            let api = if (number + round) % 2 == 0 { &rest } else { &grpc };
            api.update(id, patch)
        });
        for updated in join_all(updates).await {
            updated.unwrap();
        }
        let shown = rest.get(id).await.unwrap();
        let values = &shown["customFieldValues"][EVERYTHING];
        for (name, stored) in [
            ("firstName", &shown["firstName"]),
            ("jobTitle", &shown["jobTitle"]),
            ("emails", &shown["emails"][0]),
            ("phones", &shown["phones"][0]),
            ("Text", &values["Text"]),
            ("Magic", &values["Magic"]),
        ] {
            assert_eq!(*stored, json!(value), "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_concurrent_updates_with_the_same_etag_just_one_wins() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    for round in 0..15 {
        let etag = rest.etag(BOB).await;
        let updates = (0..8).map(|number| {
            let api = if number % 2 == 0 { &rest } else { &grpc };
            let patch = json!({"jobTitle": format!("{round} {number}")});
            let etag = etag.as_str();
            async move { (number, api.update_if(BOB, &patch, Some(etag)).await) }
        });
        let outcomes = join_all(updates).await;
        let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(|(_, outcome)| outcome.is_ok());
        assert_eq!(won.len(), 1, "{won:?}");
        let present = rest.etag(BOB).await;
        for (_, outcome) in lost {
            assert_eq!(outcome, Err(Refused::stale(&present)));
        }
        let shown = rest.get(BOB).await.unwrap();
        assert_eq!(shown["jobTitle"], format!("{round} {}", won[0].0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_concurrent_deletes_just_one_is_answered_and_updates_beside_it_are_kept_or_not_found() {
    let server = TestServer::start().await;
    let [rest, grpc] = server.both();
    for _ in 0..10 {
        let created = rest.create(&json!({})).await.unwrap();
        let id = id(&created);
        let patch = json!({"firstName": "Late"});
        let deletes = join_all((0..4).map(|number| if number % 2 == 0 { &rest } else { &grpc }.delete(id)));
        let updates =
            join_all((0..4).map(|number| if number % 2 == 0 { &rest } else { &grpc }.update(id, &patch)));
        let (deletes, updates) = tokio::join!(deletes, updates);
        assert_eq!(
            deletes.iter().filter(|outcome| outcome.is_ok()).count(),
            1,
            "{deletes:?}"
        );
        let refused = deletes.into_iter().chain(updates).filter_map(Result::err);
        for refused in refused {
            assert_eq!(refused, Refused::with_code("RESOURCE_NOT_FOUND"));
        }
        assert!(rest.get(id).await.is_err());
    }
}
