//! The log while many write.

use std::collections::HashMap;
use std::time::Duration;

use proto::v1::EntityType;
use proto::v1::change::Operation::{self, Create, Delete, Update};
use serde_json::json;
use tests::fixture::KEY;
use tests::{Api, TestServer};
use tokio_postgres::Client;

use super::follower::{Follower, short};

type Written = Vec<(EntityType, String, Operation)>;

/// Writes for a while; answers what it wrote of people, and the companies that it saw.
async fn write(api: Api, writer: usize) -> (Written, Vec<String>) {
    let (mut written, mut companies) = (Vec::new(), Vec::new());
    let mut mine: Vec<String> = Vec::new();
    for round in 0..8 {
        // Half of the companies are asked for by several writers at once.
        let name = if writer.is_multiple_of(2) {
            format!("Shared {round}")
        } else {
            format!("{writer} {round}")
        };
        let person = api.create(&json!({"companies": [{"name": name}]})).await.unwrap();
        let id = person["id"].as_str().unwrap().to_owned();
        companies.push(person["companies"][0]["id"].as_str().unwrap().to_owned());
        written.push((EntityType::Person, id.clone(), Create));
        api.update(&id, &json!({"firstName": format!("{writer} {round}")}))
            .await
            .unwrap();
        written.push((EntityType::Person, id.clone(), Update));
        mine.push(id);
        if round % 3 == 2 {
            let gone = mine.remove(0);
            api.delete(&gone).await.unwrap();
            written.push((EntityType::Person, gone, Delete));
        }
    }
    (written, companies)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_sees_every_change_of_32_writers_just_once() {
    let server = TestServer::unlimited().await;
    let apis = server.both();
    let there = "SELECT coalesce(string_agg(entity_id::text, ' '), '') FROM changes";
    let there = server.database.text(there).await;
    let writers: Vec<_> = (0..32)
        .map(|writer| tokio::spawn(write(apis[writer % 2].clone(), writer)))
        .collect();
    let mut follower = Follower::new(&server, KEY, 17);
    let mut seen = Vec::new();
    let (mut expected, mut companies) = (Written::new(), Vec::new());
    for writer in writers {
        while !writer.is_finished() {
            seen.extend(follower.page().await);
        }
        let (written, linked) = writer.await.unwrap();
        expected.extend(written);
        companies.extend(linked);
    }
    // The last of all, to know when everything was told.
    let last = apis[0].create(&json!({})).await.unwrap();
    let last = last["id"].as_str().unwrap();
    apis[0].delete(last).await.unwrap();
    seen.extend(follower.until_deleted(last).await);

    // The fixture has a log as well.
    seen.retain(|change| !there.contains(&change.entity_id[4..]));
    companies.sort();
    companies.dedup();
    assert_eq!(companies.len(), 8 + 16 * 8);
    expected.extend(companies.into_iter().map(|id| (EntityType::Company, id, Create)));
    expected.extend([Create, Delete].map(|operation| (EntityType::Person, last.to_owned(), operation)));
    let mut times: HashMap<_, i32> = HashMap::new();
    for change in seen.iter().map(short) {
        *times.entry(change).or_default() += 1;
    }
    for change in expected {
        assert_eq!(times.remove(&change), Some(1), "{change:?}");
    }
    assert!(times.is_empty(), "{times:?}");
    // Of each person in the order in which it happened.
    let mut state: HashMap<String, Operation> = HashMap::new();
    for change in seen {
        let before = state.insert(change.entity_id.clone(), change.operation());
        let possible = match change.operation() {
            Create => before.is_none(),
            Update | Delete => matches!(before, Some(Create | Update)),
            Operation::Unspecified => false,
        };
        assert!(possible, "{change:?} after {before:?}");
    }
}

/// Waits until a query finds something.
async fn until_true(client: &Client, sql: &str) {
    for _ in 0..600 {
        if client.query_one(sql, &[]).await.unwrap().get::<_, bool>(0) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never true: {sql}");
}

const CHANGE: &str = "INSERT INTO changes (workspace_id, occurred_at, actor_id, entity_type, entity_id, operation) \
    SELECT workspace_id, now(), actor_id, 'person', gen_random_uuid(), 'create' FROM changes LIMIT 1 \
    RETURNING entity_id::text";

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_committed_late_is_not_skipped_and_nobody_waits_for_it() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    rest.create(&json!({})).await.unwrap();
    let slow = server.database.connect().await;
    slow.batch_execute("BEGIN").await.unwrap();
    let late: String = slow.query_one(CHANGE, &[]).await.unwrap().get(0);

    // Others write on: all of this is answered while the transaction is open.
    let mut fast = Vec::new();
    for _ in 0..3 {
        fast.push(
            rest.create(&json!({})).await.unwrap()["id"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    let blocked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND cardinality(pg_blocking_pids(pid)) > 0";
    assert_eq!(server.database.number(blocked).await, 0);

    // A follower does not go past what is open, and sees it in its place afterwards.
    let mut follower = Follower::new(&server, KEY, 1000);
    let mut seen: Vec<_> = follower.page().await.iter().map(short).collect();
    seen.extend(follower.page().await.iter().map(short));
    assert!(seen.iter().all(|(_, id, _)| !fast.contains(id)), "{seen:?}");
    slow.batch_execute("COMMIT").await.unwrap();
    let last = fast.last().unwrap().clone();
    let rest_of_log = follower.until(|change| change.entity_id == last).await;
    let told: Vec<_> = rest_of_log
        .iter()
        .map(|change| change.entity_id.clone())
        .collect();
    let mut expected = vec![format!("per_{late}")];
    expected.extend(fast);
    let told: Vec<_> = told.into_iter().filter(|id| expected.contains(id)).collect();
    assert_eq!(told, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_transactions_that_write_changes_do_not_wait_for_each_other() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    rest.create(&json!({})).await.unwrap();
    let (one, other) = (server.database.connect().await, server.database.connect().await);
    for client in [&one, &other] {
        client
            .batch_execute("BEGIN; SET LOCAL lock_timeout = '10s'")
            .await
            .unwrap();
    }
    // Each writes while the other is open, and again.
    for client in [&one, &other, &one, &other] {
        client.query_one(CHANGE, &[]).await.unwrap();
    }
    let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted \
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(server.database.number(waiting).await, 0);
    other.batch_execute("COMMIT").await.unwrap();
    one.batch_execute("COMMIT").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_transaction_delays_a_follower_and_hides_nothing() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    let foreign = server.database.connect().await;
    // It has a number of its own and writes nothing here.
    foreign
        .batch_execute("BEGIN; SELECT pg_current_xact_id()")
        .await
        .unwrap();
    let person = rest.create(&json!({})).await.unwrap();
    let id = person["id"].as_str().unwrap();
    rest.delete(id).await.unwrap();
    let mut follower = Follower::new(&server, KEY, 1000);
    let before: Vec<_> = follower.page().await;
    assert!(before.iter().all(|change| change.entity_id != id));
    foreign.batch_execute("ROLLBACK").await.unwrap();
    let running = "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() \
        AND backend_xid IS NOT NULL AND pid <> pg_backend_pid())";
    until_true(&server.database.connect().await, running).await;
    let after = follower.until_deleted(id).await;
    let told: Vec<_> = after
        .iter()
        .filter(|change| change.entity_id == id)
        .map(|change| change.operation())
        .collect();
    assert_eq!(told, [Create, Delete]);
}
