//! Deadlocks and serialization failures: tried again, and never shown.

use serde_json::json;
use tests::{Api, TestServer};

/// Lets two of three writes of this table fail like this, at this time.
async fn fail_writes(server: &TestServer, table: &str, state: &str, message: &str, when: &str) {
    let sql = format!(
        "CREATE SEQUENCE tries;
         GRANT ALL ON SEQUENCE tries TO people_service;
         CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF nextval('tries') % 3 <> 0 THEN
                 RAISE EXCEPTION '{message}' USING ERRCODE = '{state}';
             END IF;
             RETURN NULL;
         END $$;
         CREATE CONSTRAINT TRIGGER fail AFTER INSERT OR UPDATE OR DELETE ON {table}
             DEFERRABLE {when} FOR EACH ROW EXECUTE FUNCTION fail();"
    );
    server.database.connect().await.batch_execute(&sql).await.unwrap();
}

/// As many failures as there were attempts that failed: the test is about something.
async fn attempts(server: &TestServer) -> i64 {
    server.database.number("SELECT last_value FROM tries").await
}

const FAILURES: [(&str, &str); 2] = [
    ("40P01", "deadlock detected"),
    ("40001", "could not serialize access due to concurrent update"),
];
/// In the statement, and at the commit.
const TIMES: [&str; 2] = ["INITIALLY IMMEDIATE", "INITIALLY DEFERRED"];

#[tokio::test(flavor = "multi_thread")]
async fn writes_of_people_are_tried_again() {
    for (state, message) in FAILURES {
        for when in TIMES {
            let server = TestServer::unlimited().await;
            fail_writes(&server, "people", state, message, when).await;
            for api in server.both() {
                let made = api.create(&json!({"firstName": "Ada"})).await;
                let id = made.expect("a person")["id"].as_str().unwrap().to_owned();
                let once = api.create_once(&json!({"firstName": "Once"}), &id).await;
                let again = api.create_once(&json!({"firstName": "Once"}), &id).await;
                assert_eq!(
                    once.expect("a person"),
                    again.expect("the same"),
                    "{}",
                    api.name()
                );
            }
            let rest = server.rest();
            let made = Api::Rest(rest.clone()).create(&json!({})).await.unwrap();
            let path = format!("/v1/people/{}", made["id"].as_str().unwrap());
            let patched = rest.send("PATCH", &path, r#"{"lastName": "L"}"#).await;
            assert_eq!(patched.status, 200, "{state} {when}: {}", patched.text);
            let deleted = rest.send("DELETE", &path, "").await;
            assert!(deleted.status.is_success(), "{state} {when}: {}", deleted.text);
            assert!(attempts(&server).await >= 3 * 7, "there were failures");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_of_companies_and_of_definitions_are_tried_again() {
    for (table, path, body) in [
        ("companies", "/v1/companies", json!({"name": "Deadlocked"})),
        (
            "custom_fields",
            "/v1/groups/grp_acdf2ad9-6a66-4d32-8594-9694913ac717/custom-fields/person",
            json!({"name": "Deadlocked", "type": "textField"}),
        ),
    ] {
        let server = TestServer::unlimited().await;
        fail_writes(
            &server,
            table,
            "40P01",
            "deadlock detected",
            "INITIALLY IMMEDIATE",
        )
        .await;
        let answer = server.rest().send("POST", path, body.to_string()).await;
        assert_eq!(answer.status, 200, "{table}: {}", answer.text);
        assert_eq!(attempts(&server).await, 3, "{table}");
    }
}
