//! Workspaces that share a connection to the database, which remembers whose rows it shows.

use futures_util::future::join_all;
use serde_json::json;
use tests::fixture::{KEY, OTHER_KEY};
use tests::{Attempt, Query, TestDatabase, TestServer};

const ONE_CONNECTION: &[(&str, &str)] = &[("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_DB_POOL_SIZE", "1")];

#[tokio::test(flavor = "multi_thread")]
async fn one_connection_serves_two_workspaces_by_turns() {
    let server = TestServer::start_with(TestDatabase::new().await, ONE_CONNECTION).await;
    let in_turn = (0..40).map(|turn| {
        let (key, name) = [(KEY, "Ours"), (OTHER_KEY, "Theirs")][turn % 2];
        // Two doors for each of the workspaces.
        let api = server.both_as(key)[turn / 2 % 2].clone();
        async move {
            let made = api.create(&json!({"firstName": name})).await.unwrap();
            let id = made["id"].as_str().unwrap().to_owned();
            let read = api.try_get(&id).await;
            assert!(matches!(read, Attempt::Done(_)), "{}: {read:?}", api.name());
            let page = api.list(&Query::pages_of(100)).await.unwrap();
            let shown: Vec<_> = page.people.iter().map(|person| &person["id"]).collect();
            assert!(shown.contains(&&json!(id)), "{}: not on the page", api.name());
            let strangers = ["Ours", "Theirs"].into_iter().filter(|other| *other != name);
            for stranger in strangers {
                assert!(
                    page.people.iter().all(|person| person["firstName"] != stranger),
                    "{}: {name} sees {stranger}",
                    api.name()
                );
            }
            id
        }
    });
    let made = join_all(in_turn).await;
    for (turn, id) in made.iter().enumerate() {
        let stranger = [OTHER_KEY, KEY][turn % 2];
        for api in server.both_as(stranger) {
            let read = api.try_get(id).await;
            assert!(
                matches!(&read, Attempt::Refused { status, .. } if status == "404" || status == "NotFound"),
                "{}: {read:?}",
                api.name()
            );
        }
    }
}
