//! Creates under a key are done once.

use futures_util::future::join_all;
use serde_json::json;
use tests::fixture::{KEY, TECH_CORP, WRITE_KEY};
use tests::{Refused, TestServer};

use super::id;

const COUNT: &str = "SELECT count(*) FROM companies";

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_and_body_answer_the_first_result_and_another_body_is_refused() {
    let server = TestServer::start().await;
    for api in server.both() {
        let companies = api.companies();
        let body = json!({"name": format!("Once by {}", api.name()), "industry": "A"});
        let key = format!("key of {}", api.name());
        let first = companies.create_once(&body, &key).await.unwrap();
        let count = server.database.number(COUNT).await;
        // The first result, not the present state; and not the company that has the name by now.
        companies
            .update(
                id(&first),
                &json!({"name": format!("New {}", api.name()), "industry": "B"}),
            )
            .await
            .unwrap();
        for _ in 0..2 {
            assert_eq!(
                companies.create_once(&body, &key).await.unwrap(),
                first,
                "{}",
                api.name()
            );
        }
        assert_eq!(server.database.number(COUNT).await, count, "{}", api.name());
        let mut other = body.clone();
        other["industry"] = json!("C");
        let refused = Refused::for_issues(&[(json!(["Idempotency-Key"]), "custom")]);
        assert_eq!(
            companies.create_once(&other, &key).await,
            Err(refused),
            "{}",
            api.name()
        );
        // Without the key, it is a name that is free.
        assert_ne!(companies.create(&body).await.unwrap()["id"], first["id"]);
        // Deleted since.
        companies.delete(id(&first)).await.unwrap();
        let gone = companies.create_once(&body, &key).await;
        assert_eq!(
            gone,
            Err(Refused::with_code("RESOURCE_NOT_FOUND")),
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_holds_for_its_user_and_its_operation() {
    let server = TestServer::start().await;
    let [johns, _] = server.both_as(KEY);
    let [janes, _] = server.both_as(WRITE_KEY);
    let body = json!({"name": "Tech Corp"});
    let company = johns.companies().create_once(&body, "key").await.unwrap();
    assert_eq!(
        company["id"], TECH_CORP,
        "what exists is remembered as what was made is"
    );
    johns
        .companies()
        .update(TECH_CORP, &json!({"industry": "later"}))
        .await
        .unwrap();
    assert_eq!(
        johns.companies().create_once(&body, "key").await.unwrap(),
        company
    );
    assert_eq!(
        janes.companies().create_once(&body, "key").await.unwrap()["industry"],
        "later"
    );
    let person = johns
        .create_once(&json!({"firstName": "A"}), "key")
        .await
        .unwrap();
    let deals = johns.deals(tests::fixture::CLIENTS, "Deals");
    let deal = deals.create_once(&json!({"name": "A"}), "key").await.unwrap();
    assert_eq!(
        deals.create_once(&json!({"name": "A"}), "key").await.unwrap(),
        deal
    );
    assert_eq!(
        johns
            .create_once(&json!({"firstName": "A"}), "key")
            .await
            .unwrap(),
        person
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_under_one_key_at_the_same_moment_make_one_company() {
    let server = TestServer::unlimited().await;
    let apis = server.both();
    for round in 0..4 {
        let before = server.database.number(COUNT).await;
        let body = json!({"name": format!("Company {round}")});
        let companies = apis[round % 2].companies();
        let key = format!("round {round}");
        let made = join_all((0..16).map(|_| companies.create_once(&body, &key))).await;
        let first = made[0].clone().unwrap();
        for answer in made {
            assert_eq!(answer.unwrap(), first);
        }
        assert_eq!(server.database.number(COUNT).await, before + 1);
    }
}
