//! SIGTERM under load.

use std::time::Duration;

use tests::fixture::BOB;
use tests::{Attempt, TestDatabase, TestServer};
use tokio::net::TcpStream;

use super::world::{Memory, Writers, check};

#[tokio::test(flavor = "multi_thread")]
async fn every_call_that_runs_is_answered_and_no_new_one_is_taken() {
    let settings = [
        ("PEOPLE_RATE_LIMIT", "0"),
        ("PEOPLE_DB_STATEMENT_TIMEOUT", "50s"),
        ("PEOPLE_REQUEST_TIMEOUT", "50s"),
        ("PEOPLE_SHUTDOWN_GRACE", "50s"),
    ];
    let server = TestServer::start_with(TestDatabase::new().await, &settings).await;
    // The gRPC channel is connected before it gets slow.
    let [rest, grpc] = server.both();
    assert!(matches!(grpc.try_get(BOB).await, Attempt::Done(_)));
    // Calls wait until this lock is free. (They would not wait so long for the lock itself.)
    let holder = server.database.connect().await;
    let slow = "CREATE FUNCTION held() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
                    WHILE NOT pg_try_advisory_xact_lock_shared(7) LOOP
                        PERFORM pg_sleep(0.05);
                    END LOOP;
                    RETURN true;
                END $$;
                ALTER POLICY own_workspace ON people USING (held())";
    holder.batch_execute(slow).await.unwrap();
    holder.batch_execute("SELECT pg_advisory_lock(7)").await.unwrap();

    let calls: Vec<_> = (0..10)
        .flat_map(|_| [rest.clone(), grpc.clone()])
        .map(|api| tokio::spawn(async move { api.try_get(BOB).await }))
        .collect();
    let waiting = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event = 'PgSleep'";
    let mut tries = 0;
    while server.database.number(waiting).await == 0 {
        tries += 1;
        assert!(tries < 300, "the calls do not reach the database");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // Gets may go to the database together: when the first is there, the others have at least been taken in soon.
    tokio::time::sleep(Duration::from_secs(1)).await;

    server.terminate().await;
    let mut tries = 0;
    while TcpStream::connect(server.rest).await.is_ok() || TcpStream::connect(server.grpc).await.is_ok() {
        tries += 1;
        assert!(tries < 300, "it still takes connections");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // What comes before a client has heard of it on its connection is a call that runs, and would wait for the lock.
    tokio::time::sleep(Duration::from_millis(500)).await;
    for api in [&rest, &grpc] {
        let attempt = api.try_get(BOB).await;
        assert!(!matches!(attempt, Attempt::Done(_)), "{attempt:?}");
    }

    holder
        .batch_execute("SELECT pg_advisory_unlock(7)")
        .await
        .unwrap();
    for call in calls {
        let attempt = call.await.unwrap();
        assert!(matches!(attempt, Attempt::Done(_)), "{attempt:?}");
    }
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_lose_nothing_that_was_answered() {
    let settings = [("PEOPLE_RATE_LIMIT", "0")];
    let mut memory = Memory::default();
    let mut server = TestServer::start_with(TestDatabase::new().await, &settings).await;
    for _ in 0..3 {
        let doors = server.both().map(|api| (api, server.rest()));
        let writers = Writers::start(&doors, 8);
        writers.answered(100).await;
        server.terminate().await;
        let database = server.ended().await;
        writers.stop(&mut memory).await;
        server = TestServer::start_with(database, &settings).await;
        check(&server.rest(), &memory).await;
    }
    assert!(memory.acknowledged() >= 300);
}
