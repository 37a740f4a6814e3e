//! A write that fails at the last moment: when it is committed, after the database has answered its statement.

use futures_util::future::join_all;
use serde_json::json;
use tests::{Attempt, TestDatabase, TestServer};

/// Refuses people of this name, and no sooner than at the commit.
const REFUSE_AT_COMMIT: &str = "
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused at the commit'; END $$;
    CREATE CONSTRAINT TRIGGER refused AFTER INSERT ON people DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.first_name = 'Refused') EXECUTE FUNCTION refuse();";

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_at_its_commit_is_not_answered_as_done() {
    let server = TestServer::start_with(TestDatabase::new().await, &[("PEOPLE_RATE_LIMIT", "0")]).await;
    let database = server.database.connect().await;
    database.batch_execute(REFUSE_AT_COMMIT).await.unwrap();
    for api in server.both() {
        let alone = api.try_create(&json!({"firstName": "Refused"})).await;
        assert!(
            matches!(&alone, Attempt::Refused { status, .. } if status == "500" || status == "Internal"),
            "{}: {alone:?}",
            api.name()
        );
        // Among others, who are stored: of those that come at the same time many go into one statement.
        let names = (0..30).map(|number| if number == 7 { "Refused" } else { "Stored" });
        let creates = names.map(|name| {
            let api = api.clone();
            async move { (name, api.try_create(&json!({"firstName": name})).await) }
        });
        for (name, attempt) in join_all(creates).await {
            let stored = matches!(attempt, Attempt::Done(_));
            assert_eq!(stored, name == "Stored", "{}: {attempt:?}", api.name());
        }
    }
    let count = "SELECT count(*) FROM people WHERE first_name = ";
    assert_eq!(server.database.number(&format!("{count}'Refused'")).await, 0);
    assert_eq!(server.database.number(&format!("{count}'Stored'")).await, 2 * 29);
}
