//! What many ask for at the same moment is done together: each gets its own answer or its own error.

use std::sync::Arc;

use serde_json::json;
use tests::fixture::{OTHER_KEY, TECH_CORP};
use tests::{Query, Refused, TestServer};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const NOBODY: &str = "com_00000000-0000-7000-8000-000000000000";

#[tokio::test(flavor = "multi_thread")]
async fn who_names_what_is_not_there_and_who_names_what_is_new_take_nothing_from_the_others() {
    const CALLERS: usize = 66;
    const ROUNDS: usize = 4;
    let server = TestServer::start().await;
    let ready = Arc::new(Barrier::new(CALLERS));
    let mut calls = JoinSet::new();
    for caller in 0..CALLERS {
        let [rest, grpc] = server.both();
        let api = if caller % 2 == 0 { rest } else { grpc };
        let ready = Arc::clone(&ready);
        calls.spawn(async move {
            for round in 0..ROUNDS {
                ready.wait().await;
                let name = format!("{caller} in {round}");
                let companies = match caller % 3 {
                    0 => json!([{"id": TECH_CORP}]),
                    1 => json!([{"id": NOBODY}, {"name": format!("Nobody's {round}")}]),
                    _ => json!([{"name": format!("New {round}")}, {"name": "Tech Corp"}]),
                };
                let made = api
                    .create(&json!({"firstName": name, "companies": companies}))
                    .await;
                if caller % 3 == 1 {
                    let refused = Refused::for_issues(&[(json!(["companies", 0, "id"]), "custom")]);
                    assert_eq!(made, Err(refused), "{name}");
                    continue;
                }
                let made = made.unwrap();
                assert_eq!(made["fullName"], name);
                let last = made["companies"].as_array().unwrap().last().unwrap();
                assert_eq!(last["id"], TECH_CORP, "{made}");
                assert_eq!(api.get(made["id"].as_str().unwrap()).await.unwrap(), made);
            }
        });
    }
    while let Some(done) = calls.join_next().await {
        done.unwrap();
    }
    let number = async |sql: &str| server.database.number(sql).await;
    assert_eq!(
        number("SELECT count(*) FROM companies WHERE name LIKE 'New %'").await,
        4
    );
    assert_eq!(
        number("SELECT count(*) FROM companies WHERE name LIKE 'Nobody%'").await,
        0
    );
    let made = "SELECT count(*) FROM people WHERE full_name LIKE '% in %'";
    assert_eq!(
        number(made).await,
        i64::try_from(CALLERS / 3 * 2 * ROUNDS).unwrap()
    );
    let logged =
        "SELECT count(*) FROM changes c JOIN people p ON p.id = c.entity_id WHERE p.full_name LIKE '% in %'";
    assert_eq!(
        number(logged).await,
        i64::try_from(CALLERS / 3 * 2 * ROUNDS).unwrap()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_each_callers_own_and_those_with_an_unreadable_person_take_nothing_from_the_others() {
    const CALLERS: i32 = 60;
    const UNREADABLE: i32 = 20;
    const ROUNDS: usize = 4;
    let server = TestServer::unlimited().await;
    let [api, _] = server.both();
    let people = vec![json!({}); 100];
    api.batch_create(&people, true, "").await.unwrap();
    let everybody = api.list(&Query::pages_of(100)).await.unwrap().people;
    // A time that PostgreSQL has and the program has not.
    let id = everybody[usize::try_from(UNREADABLE).unwrap()]["id"]
        .as_str()
        .unwrap();
    let unreadable = format!(
        "UPDATE people SET updated_at = 'infinity' WHERE id = '{}'",
        id.trim_start_matches("per_")
    );
    server
        .database
        .connect()
        .await
        .batch_execute(&unreadable)
        .await
        .unwrap();

    let ready = Arc::new(Barrier::new(usize::try_from(CALLERS).unwrap()));
    let mut calls = JoinSet::new();
    for caller in 0..CALLERS {
        let key = if caller % 6 == 5 {
            OTHER_KEY
        } else {
            tests::fixture::KEY
        };
        let [rest, grpc] = server.both_as(key);
        let api = if caller % 2 == 0 { rest } else { grpc };
        let (ready, everybody) = (Arc::clone(&ready), everybody.clone());
        calls.spawn(async move {
            let limit = caller % (2 * UNREADABLE) + 1;
            for _ in 0..ROUNDS {
                ready.wait().await;
                let page = api.list(&Query::pages_of(limit)).await;
                if key == OTHER_KEY {
                    let strangers = page.unwrap().people;
                    assert!(strangers.iter().all(|person| !everybody.contains(person)));
                } else if limit > UNREADABLE {
                    assert_eq!(page, Err(Refused::with_code("INTERNAL_SERVER_ERROR")), "{limit}");
                } else {
                    let page = page.unwrap();
                    assert_eq!(page.people, everybody[..usize::try_from(limit).unwrap()]);
                    assert!(page.next.is_some());
                }
            }
        });
    }
    while let Some(done) = calls.join_next().await {
        done.unwrap();
    }
}
