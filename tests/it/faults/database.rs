//! A database in trouble: callers are told to come back, and what comes back works.

use std::time::Duration;

use serde_json::json;
use tests::fixture::BOB;
use tests::{Api, Attempt, Proxy, TestDatabase, TestPostgres, TestServer, Way};
use tonic_health::pb::health_check_response::ServingStatus;

use super::health_of::becomes;

/// What calls may take by default is 10 s; an answer on a busy machine is given some more to arrive.
const DEADLINE: Duration = Duration::from_secs(15);

const SETTINGS: &[(&str, &str)] = &[("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_LOG", "off")];

async fn behind(database: TestDatabase) -> (TestServer, Proxy) {
    let proxy = Proxy::to(database.url()).await;
    let url = proxy.url().to_owned();
    (TestServer::start_at(database, &url, SETTINGS).await, proxy)
}

/// A read and a write, as many at once as there are connections to the database and more, through both doors.
async fn everything(server: &TestServer) -> Vec<Attempt> {
    let calls = (0..6).flat_map(|_| server.both()).map(|api| async move {
        let read = tokio::time::timeout(DEADLINE, api.try_get(BOB));
        let body = json!({"firstName": "Ada"});
        let write = tokio::time::timeout(DEADLINE, api.try_create(&body));
        let (read, write) = tokio::join!(read, write);
        let late = "an answer within the deadline";
        [read.expect(late), write.expect(late)]
    });
    futures_util::future::join_all(calls).await.concat()
}

async fn all_are_told_to_come_back(server: &TestServer) {
    for attempt in everything(server).await {
        assert!(attempt.is_unavailable(), "{attempt:?}");
    }
}

/// A call may come before the first connection is made anew; none may come a second later.
async fn all_works_again(server: &TestServer) {
    tokio::time::sleep(Duration::from_secs(1)).await;
    for attempt in everything(server).await {
        assert!(matches!(attempt, Attempt::Done(_)), "{attempt:?}");
    }
    becomes(server, ServingStatus::Serving).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_refuses_connections_is_done_without_until_it_is_back() {
    let (server, proxy) = behind(TestDatabase::new().await).await;
    for _ in 0..2 {
        proxy.set(Way::Closed);
        all_are_told_to_come_back(&server).await;
        becomes(&server, ServingStatus::NotServing).await;
        proxy.set(Way::Open);
        all_works_again(&server).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_hangs_hangs_nobody_else() {
    let (server, proxy) = behind(TestDatabase::new().await).await;
    for attempt in everything(&server).await {
        assert!(matches!(attempt, Attempt::Done(_)), "{attempt:?}");
    }
    proxy.set(Way::Stalled);
    all_are_told_to_come_back(&server).await;
    becomes(&server, ServingStatus::NotServing).await;
    proxy.set(Way::Open);
    all_works_again(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_are_lost_without_a_word_are_replaced() {
    let (server, proxy) = behind(TestDatabase::new().await).await;
    for attempt in everything(&server).await {
        assert!(matches!(attempt, Attempt::Done(_)), "{attempt:?}");
    }
    proxy.lose_connections();
    // Nobody knows of it before somebody has waited for an answer.
    for _ in 0..5 {
        if everything(&server)
            .await
            .iter()
            .all(|attempt| matches!(attempt, Attempt::Done(_)))
        {
            break;
        }
    }
    all_works_again(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_slow_is_waited_for() {
    let (server, proxy) = behind(TestDatabase::new().await).await;
    proxy.set(Way::Slow(Duration::from_millis(20)));
    for attempt in everything(&server).await {
        assert!(matches!(attempt, Attempt::Done(_)), "{attempt:?}");
    }
    becomes(&server, ServingStatus::Serving).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_break_under_calls_are_replaced() {
    let (server, proxy) = behind(TestDatabase::new().await).await;
    let database = server.database.connect().await;
    // Calls that are in the middle of their statement.
    let sleeping = "ALTER POLICY own_workspace ON people USING (pg_sleep(100) IS NOT NULL)";
    database.batch_execute(sleeping).await.unwrap();
    let calls = server
        .both()
        .map(|api| tokio::spawn(async move { api.try_get(BOB).await }));
    let running =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
    for _ in 0..300 {
        // One, if the two have met and go together.
        if server.database.number(running).await > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    proxy.set(Way::Closed);
    for call in calls {
        let attempt = call.await.unwrap();
        assert!(attempt.is_unavailable(), "{attempt:?}");
    }
    let usual = "ALTER POLICY own_workspace ON people USING \
                 (workspace_id = nullif(current_setting('people.workspace_id', true), '')::uuid)";
    database.batch_execute(usual).await.unwrap();
    proxy.set(Way::Open);
    all_works_again(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_without_connections_to_spare_is_done_without() {
    let postgres = TestPostgres::start().await;
    let server = TestServer::start_at(TestDatabase::empty().await, postgres.url(), SETTINGS).await;
    let first = postgres.connect().await.unwrap();
    let mut taken = Vec::new();
    // A connection of the service that is only just made has no name yet, so once is not enough.
    let mut in_vain = 0;
    while in_vain < 3 {
        while let Ok(connection) = postgres.connect().await {
            taken.push(connection);
        }
        let terminate =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'people'";
        match first.execute(terminate, &[]).await.unwrap() {
            0 => in_vain += 1,
            _ => in_vain = 0,
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    all_are_told_to_come_back(&server).await;
    becomes(&server, ServingStatus::NotServing).await;
    drop(taken);
    all_works_again(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_crashes_and_starts_again_has_lost_nothing_that_was_answered() {
    let mut postgres = TestPostgres::start().await;
    let database = TestDatabase::empty().await;
    let server = TestServer::start_at(database, postgres.url(), SETTINGS).await;
    let apis: Vec<Api> = server.both().into();
    for _ in 0..2 {
        let mut made = Vec::new();
        for api in &apis {
            made.push(api.create(&json!({"firstName": "Ada"})).await.unwrap());
        }
        postgres.kill();
        // Those who serve its connections may answer once more before they notice.
        for attempt in everything(&server).await {
            assert!(
                matches!(attempt, Attempt::Done(_)) || attempt.is_unavailable(),
                "{attempt:?}"
            );
        }
        becomes(&server, ServingStatus::NotServing).await;
        all_are_told_to_come_back(&server).await;
        postgres.revive().await;
        all_works_again(&server).await;
        for (api, person) in apis.iter().zip(&made) {
            let got = api.get(person["id"].as_str().unwrap()).await.unwrap();
            assert_eq!(got, *person);
        }
    }
}
