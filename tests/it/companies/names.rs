//! A name belongs to one company.

use std::sync::Arc;

use serde_json::json;
use tests::fixture::{HR_SERVICES, TECH_CORP};
use tests::{TestServer, sample};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::id;

const COUNT: &str = "SELECT count(*) FROM companies";

#[tokio::test(flavor = "multi_thread")]
async fn to_create_a_name_that_is_taken_answers_who_has_it_unchanged() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    let count = server.database.number(COUNT).await;
    let log = server.database.number("SELECT count(*) FROM changes").await;
    for api in server.both() {
        let companies = api.companies();
        let before = companies.get(TECH_CORP).await.unwrap();
        let etag = companies.etag(TECH_CORP).await;
        for name in ["Tech Corp", " Tech\t \u{a0}Corp\n", "TECH CORP", "tech corp"] {
            for body in [json!({"name": name}), sample::full_company(name)] {
                assert_eq!(
                    companies.create(&body).await.unwrap(),
                    before,
                    "{} {name:?}",
                    api.name()
                );
            }
        }
        assert_eq!(companies.etag(TECH_CORP).await, etag, "{}", api.name());
    }
    assert_eq!(server.database.number(COUNT).await, count);
    assert_eq!(server.database.number("SELECT count(*) FROM changes").await, log);
    // The etag of the one that exists goes out too.
    let answer = server
        .rest()
        .send("POST", "/v1/companies", r#"{"name": "tech corp"}"#)
        .await;
    let [rest, _] = server.both();
    assert_eq!(
        answer.header("etag"),
        format!("\"{}\"", rest.companies().etag(TECH_CORP).await)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_rest_of_it_is_told_though_the_name_is_taken() {
    let server = TestServer::start().await;
    for api in server.both() {
        let body = json!({"name": "Tech Corp", "foundationYear": 999});
        assert!(api.companies().create(&body).await.is_err(), "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_one_name_whether_a_person_brings_it_or_a_company() {
    let server = TestServer::start().await;
    for api in server.both() {
        let name = format!("Shared by {}", api.name());
        let made = api.companies().create(&json!({"name": name})).await.unwrap();
        let person = api
            .create(&json!({"companies": [{"name": name.to_uppercase()}]}))
            .await
            .unwrap();
        assert_eq!(
            person["companies"],
            json!([{"id": made["id"], "name": name}]),
            "{}",
            api.name()
        );

        let name = format!("Other of {}", api.name());
        let person = api.create(&json!({"companies": [{"name": name}]})).await.unwrap();
        let again = api
            .companies()
            .create(&json!({"name": name.to_lowercase()}))
            .await
            .unwrap();
        assert_eq!(again["id"], person["companies"][0]["id"], "{}", api.name());
        assert_eq!(again["name"], name, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_create_a_new_name_at_once_one_company_comes_of_it() {
    const CALLERS: usize = 32;
    let server = TestServer::start().await;
    let before = server.database.number(COUNT).await;
    let ready = Arc::new(Barrier::new(CALLERS));
    let mut calls = JoinSet::new();
    for number in 0..CALLERS {
        let [rest, grpc] = server.both();
        let api = if number % 2 == 0 { rest } else { grpc };
        let name = if number % 3 == 0 {
            "BRAND  new ltd"
        } else {
            "Brand New Ltd"
        };
        let ready = Arc::clone(&ready);
        calls.spawn(async move {
            ready.wait().await;
            api.companies()
                .create(&json!({"name": name, "description": format!("{number}")}))
                .await
        });
    }
    let mut made = Vec::new();
    while let Some(created) = calls.join_next().await {
        made.push(created.unwrap().expect("each create succeeds"));
    }
    assert_eq!(made.len(), CALLERS);
    assert!(made.iter().all(|company| *company == made[0]), "{made:?}");
    assert_eq!(server.database.number(COUNT).await, before + 1);
    let log = format!(
        "SELECT count(*) FROM changes WHERE entity_id = '{}'",
        &id(&made[0])[4..]
    );
    assert_eq!(server.database.number(&log).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_a_deleted_company_is_free_again() {
    let server = TestServer::start().await;
    for (api, gone) in server.both().iter().zip([TECH_CORP, HR_SERVICES]) {
        let companies = api.companies();
        let name = companies.get(gone).await.unwrap()["name"].clone();
        companies.delete(gone).await.unwrap();
        let again = companies.create(&json!({"name": name})).await.unwrap();
        assert_ne!(again["id"], gone, "{}", api.name());
        let other = companies
            .create(&json!({"name": format!("Other {}", api.name())}))
            .await
            .unwrap();
        companies.delete(id(&again)).await.unwrap();
        let renamed = companies
            .update(id(&other), &json!({"name": name}))
            .await
            .unwrap();
        assert_eq!(
            (&renamed["id"], &renamed["name"]),
            (&other["id"], &name),
            "{}",
            api.name()
        );
    }
}
