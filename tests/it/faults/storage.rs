//! A database that cannot be written to: reads go on, and writers are told to come back.

use serde_json::json;
use tests::fixture::BOB;
use tests::{Attempt, TestDatabase, TestServer};

const SETTINGS: &[(&str, &str)] = &[("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_LOG", "off")];

async fn reads_go_on_and_writes_are_refused(server: &TestServer) {
    for api in server.both() {
        let read = api.try_get(BOB).await;
        assert!(matches!(read, Attempt::Done(_)), "{}: {read:?}", api.name());
        let write = api.try_create(&json!({"firstName": "Ada"})).await;
        assert!(write.is_unavailable(), "{}: {write:?}", api.name());
    }
    let patched = server
        .rest()
        .send("PATCH", &format!("/v1/people/{BOB}"), r#"{"jobTitle": "Reader"}"#)
        .await;
    assert_eq!(patched.error(), (503, "SERVICE_UNAVAILABLE".to_owned()));
    assert_ne!(patched.header("retry-after"), "");
}

async fn writes_work_again(server: &TestServer) {
    for api in server.both() {
        let write = api.try_create(&json!({"firstName": "Ada"})).await;
        assert!(matches!(write, Attempt::Done(_)), "{}: {write:?}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_only_reads_is_read() {
    let server = TestServer::start_with(TestDatabase::new().await, SETTINGS).await;
    let name = server.database.text("SELECT current_database()::text").await;
    let elsewhere = TestDatabase::empty().await;
    for (read_only, works) in [("on", false), ("off", true)] {
        let set = format!(
            "ALTER DATABASE {name} SET default_transaction_read_only = {read_only}; \
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        elsewhere.connect().await.batch_execute(&set).await.unwrap();
        // The first calls meet connections that are gone, and may be told so.
        for _ in 0..300 {
            if let Attempt::Done(_) = server.both()[0].try_get(BOB).await {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        if works {
            writes_work_again(&server).await;
        } else {
            reads_go_on_and_writes_are_refused(&server).await;
        }
    }
}

/// A disk that is full can be had by root alone; what PostgreSQL says then can be had by anybody.
#[tokio::test(flavor = "multi_thread")]
async fn one_whose_disk_is_full_is_read() {
    let server = TestServer::start_with(TestDatabase::new().await, SETTINGS).await;
    let database = server.database.connect().await;
    let full = "
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'could not extend file \"base/16384/16543\": No space left on device'
                USING ERRCODE = 'disk_full', HINT = 'Check free disk space.';
        END $$;
        CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON people
            FOR EACH ROW EXECUTE FUNCTION full_disk();";
    database.batch_execute(full).await.unwrap();
    reads_go_on_and_writes_are_refused(&server).await;
    database
        .batch_execute("DROP TRIGGER full_disk ON people")
        .await
        .unwrap();
    writes_work_again(&server).await;
}
