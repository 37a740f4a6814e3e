//! Mixed load for a while. `PEOPLE_TEST_SOAK_SECONDS` says for how long.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::{Api, Attempt, TestDatabase, TestServer, Usage, given, sample};

use super::{SOME, tell};

const CALLERS: usize = 8;
const POOL: i64 = 8;

#[tokio::test(flavor = "multi_thread")]
async fn memory_and_connections_stay_as_they_are() {
    let time = Duration::from_secs(given("PEOPLE_TEST_SOAK_SECONDS", 4) as u64);
    let settings = [
        ("PEOPLE_RATE_LIMIT", "0"),
        ("PEOPLE_LOG", "error"),
        ("PEOPLE_DB_POOL_SIZE", "8"),
    ];
    let server = TestServer::start_with(TestDatabase::new().await, &settings).await;
    let begin = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let api = server.both()[caller % 2].clone();
            let rest = server.both()[0].clone();
            tokio::spawn(async move {
                let mut calls = 0;
                while begin.elapsed() < time {
                    calls += live(&api, &rest).await;
                }
                calls
            })
        })
        .collect();

    let sql = "SELECT count(*) FROM pg_stat_activity
               WHERE datname = current_database() AND application_name = 'people'";
    let mut seen = Vec::new();
    for _ in 0..10 {
        tokio::time::sleep(time / 10).await;
        let usage = server.usage();
        let connections = server.database.number(sql).await;
        assert!(connections <= POOL, "{connections}");
        tell(&format!(
            "after {:3.0} s: {} MiB, {} files, {connections} connections to the database",
            begin.elapsed().as_secs_f64(),
            usage.memory >> 20,
            usage.files
        ));
        seen.push(usage);
    }
    let mut calls = 0;
    for caller in callers {
        calls += caller.await.unwrap();
    }
    tell(&format!("{calls} calls, all answered well"));

    let (early, late) = seen.split_at(seen.len() / 2);
    let most = |of: &[Usage]| {
        (
            of.iter().map(|u| u.memory).max(),
            of.iter().map(|u| u.files).max(),
        )
    };
    let ((early_memory, early_files), (late_memory, late_files)) = (most(early), most(late));
    assert!(
        late_memory < early_memory.map(|memory| memory + SOME / 4),
        "{seen:?}"
    );
    // Each caller has at most one more at one moment than at another.
    assert!(
        late_files <= early_files.map(|files| files + 2 * CALLERS),
        "{seen:?}"
    );
}

/// The life of a person: made, seen, listed, changed, deleted.
async fn live(api: &Api, rest: &Api) -> usize {
    let made = api.create(&sample::full()).await.unwrap();
    let id = made["id"].as_str().unwrap().to_owned();
    let Attempt::Done(got) = api.try_get(&id).await else {
        panic!("it was there")
    };
    assert_eq!(got, made);
    let Api::Rest(client) = rest else { panic!("REST") };
    for (method, path, body) in [
        ("GET", "/v1/people?limit=10".to_owned(), String::new()),
        (
            "PATCH",
            format!("/v1/people/{id}"),
            json!({"jobTitle": "Changed"}).to_string(),
        ),
        ("DELETE", format!("/v1/people/{id}"), String::new()),
    ] {
        let answer = client.send(method, &path, body).await;
        let expected = answer.status.is_success();
        assert!(expected, "{method} {path}: {}", answer.text);
    }
    5
}
