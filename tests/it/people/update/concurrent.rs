//! Updates beside other writes: links between people hold nobody up.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::fixture::{BOB, EVERYTHING};
use tests::{Api, TestServer};

use super::made;

fn contact(id: &str) -> Value {
    json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {"Contacts": [{"id": id}]}}})
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_whom_another_transaction_links_to_can_be_changed() {
    let server = TestServer::start().await;
    let linking = server.database.connect().await;
    linking
        .batch_execute("BEGIN; SELECT id FROM people FOR KEY SHARE")
        .await
        .unwrap();
    for api in server.both() {
        // What would wait would be refused when its time is over.
        let updated = api.update(BOB, &json!({"jobTitle": api.name()})).await.unwrap();
        assert_eq!(updated["jobTitle"], api.name());
    }
    linking.batch_execute("COMMIT").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_become_each_others_contacts_at_the_same_moment_all_do() {
    let server = TestServer::unlimited().await;
    let apis = server.both();
    for round in 0..10 {
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(made(&apis[0], &json!({"groups": [{"id": EVERYTHING}]})).await);
        }
        let update = |number: usize| {
            let api: &Api = &apis[(round + number) % 2];
            let (id, patch) = (&ids[number], contact(&ids[(number + 1) % 4]));
            async move { api.update(id, &patch).await }
        };
        for updated in join_all((0..4).map(update)).await {
            updated.unwrap();
        }
        for (number, id) in ids.iter().enumerate() {
            let person = apis[0].get(id).await.unwrap();
            let contacts = &person["customFieldValues"][EVERYTHING]["Contacts"];
            assert_eq!(contacts[0]["id"], json!(ids[(number + 1) % 4]));
        }
    }
    let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    assert_eq!(server.database.number(deadlocks).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_that_make_the_same_companies_in_any_order_make_each_once() {
    let server = TestServer::unlimited().await;
    let apis = server.both();
    for round in 0..8 {
        let mut updates = Vec::new();
        for number in 0..6 {
            let id = made(&apis[0], &json!({})).await;
            let mut names: Vec<_> = (0..5)
                .map(|n| json!({"name": format!("Company {round} {n}")}))
                .collect();
            names.rotate_left(number % 5);
            updates.push((id, json!({"companies": names})));
        }
        let updated = updates
            .iter()
            .enumerate()
            .map(|(number, (id, patch))| apis[number % 2].update(id, patch));
        for updated in join_all(updated).await {
            assert_eq!(updated.unwrap()["companies"].as_array().unwrap().len(), 5);
        }
    }
    let made = "SELECT count(*) FROM companies WHERE name LIKE 'Company %'";
    assert_eq!(server.database.number(made).await, 40);
}
