//! The change log: what is written is in it, asked of the database and of those who follow it.

mod concurrent;
mod followed;
pub(crate) mod follower;

use serde_json::json;
use tests::fixture::{EVERYTHING, JANE, WRITE_KEY};
use tests::{TestDatabase, TestServer, sample};

/// The entries since there were so many: entity, operation, actor and payload, and how many transactions they are of.
async fn entries(database: &TestDatabase, since: i64) -> (Vec<[String; 4]>, usize) {
    let client = database.connect().await;
    let rows = client
        .query(
            "SELECT CASE entity_type WHEN 'person' THEN 'per_' WHEN 'company' THEN 'com_' ELSE '?' END || entity_id, \
                 operation, 'usr_' || actor_id, coalesce(payload::text, 'none'), transaction_id::text FROM changes \
             ORDER BY changes.transaction_id, sequence OFFSET $1",
            &[&since],
        )
        .await
        .unwrap();
    let entries = rows
        .iter()
        .map(|row| [row.get(0), row.get(1), row.get(2), row.get(3)]);
    let transactions: std::collections::HashSet<String> = rows.iter().map(|row| row.get(4)).collect();
    (entries.collect(), transactions.len())
}

const COUNT: &str = "SELECT count(*) FROM changes";

#[tokio::test(flavor = "multi_thread")]
async fn a_create_writes_one_entry_for_the_person_and_one_for_each_company_it_makes() {
    let server = TestServer::start().await;
    for api in server.both_as(WRITE_KEY) {
        let before = server.database.number(COUNT).await;
        let name = |number| format!("New {number} of {}", api.name());
        let body = json!({"companies": [
            {"name": name(1)}, {"name": "Tech Corp"}, {"name": name(2)}, {"name": name(1).to_uppercase()},
        ]});
        let created = api.create(&body).await.unwrap();
        let made = [&created, &created["companies"][0], &created["companies"][2]];
        let mut expected = made.map(|record| {
            let id = record["id"].as_str().unwrap();
            [id, "create", JANE, "none"].map(str::to_owned)
        });
        let (mut written, transactions) = entries(&server.database, before).await;
        written.sort();
        expected.sort();
        assert_eq!(written, expected, "{}", api.name());
        assert_eq!(transactions, 1, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stores_nothing_writes_nothing() {
    let server = TestServer::start().await;
    let before = server.database.number(COUNT).await;
    for api in server.both() {
        for body in [
            json!({"companies": [{"name": "New"}], "birthday": "2023-02-29"}),
            json!({"companies": [{"name": "New"}, {"id": "com_00000000-0000-7000-8000-000000000000"}]}),
            json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {"Select": "D"}}}),
        ] {
            assert!(api.create(&body).await.is_err(), "{}", api.name());
        }
    }
    let validate = proto::v1::CreatePersonRequest {
        person: Some(proto::v1::Person::default()),
        validate_only: true,
        ..Default::default()
    };
    let mut people = server.grpc_as(WRITE_KEY).people;
    assert_eq!(people.create_person(validate).await.unwrap().into_inner().id, "");
    assert_eq!(server.database.number(COUNT).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_holds_nothing_personal_of_a_create() {
    let server = TestServer::start().await;
    for api in server.both() {
        api.create(&sample::full()).await.unwrap();
    }
    let personal = "SELECT count(*) FROM changes c WHERE to_jsonb(c)::text ILIKE ANY \
        (ARRAY['%lovelace%', '%ada@%', '%ockham%', '%1815%'])";
    assert!(server.database.number(COUNT).await > 0);
    assert_eq!(server.database.number(personal).await, 0);
}
