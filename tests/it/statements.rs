//! How often a call asks the database: as often for many records as for one.

use proto::v1::BatchGetPeopleRequest;
use serde_json::{Value, json};
use tests::fixture::{CLIENTS, ENGINEERING, EVERYTHING, FRIENDS, KEY};
use tests::{Api, Condition, Operand, Query, Statements, TestDatabase, TestServer, sample};

struct Asked {
    server: TestServer,
    statements: Statements,
}

/// What is asked now and then, whatever the call: whether a connection is alive, a key good, a definition new; and what
/// a new connection begins and a transaction begins and ends with.
fn now_and_then(statement: &str) -> bool {
    [
        "SELECT 1",
        "SELECT \"api_keys\"",
        "SELECT \"definition_versions\"",
        "SET ",
        "DISCARD PLANS",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SELECT EXISTS (SELECT \"users\"",
        "-- Everything that a workspace has",
    ]
    .iter()
    .any(|start| statement.starts_with(start))
}

impl Asked {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (statements, url) = Statements::of(&database).await;
        let server = TestServer::start_at(database, &url, &[("PEOPLE_RATE_LIMIT", "0")]).await;
        let asked = Self { server, statements };
        asked.server.both()[0].create(&json!({})).await.unwrap();
        assert!(asked.count() > 0, "the program goes by another way");
        asked
    }

    /// How many statements were run since the last time.
    fn count(&self) -> usize {
        let statements = self.statements.take();
        statements
            .iter()
            .filter(|statement| !now_and_then(statement))
            .count()
    }
}

/// A person with many links of every kind.
fn large(number: usize) -> Value {
    let mut person = sample::full();
    person["groups"] = json!([{"id": EVERYTHING}, {"id": FRIENDS}, {"id": ENGINEERING}, {"id": CLIENTS}]);
    let companies: Vec<_> = (0..20)
        .map(|n| json!({"name": format!("Company {} {n}", number % 7)}))
        .collect();
    person["companies"] = json!(companies);
    person["customFieldValues"][ENGINEERING] =
        json!({"Status": "Active", "Programming languages": ["Rust", "Python"]});
    for list in ["emails", "phones", "addresses", "urls"] {
        person[list] = (0..20).map(|n| json!(format!("{n}"))).collect();
    }
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_a_get_and_a_page_take_the_same_statements_whatever_they_hold() {
    let asked = Asked::new().await;
    for api in asked.server.both() {
        let mut ids = Vec::new();
        for mut body in [
            json!({}),
            sample::full(),
            large(1),
            json!({"companies": [{"name": "New"}, {"name": "Newer"}]}),
        ] {
            if let Some(companies) = body.get_mut("companies").and_then(Value::as_array_mut) {
                // They may be full.
                companies.pop();
                companies.push(json!({"name": format!("Of {} {}", api.name(), ids.len())}));
            }
            // A company that is yet to be made, and then found.
            for _ in 0..2 {
                let person = api.create(&body).await.unwrap();
                ids.push(person["id"].as_str().unwrap().to_owned());
                assert_eq!(asked.count(), 1, "{} create {body}", api.name());
            }
        }
        for id in &ids {
            api.get(id).await.unwrap();
            assert_eq!(asked.count(), 1, "{} get", api.name());
        }
    }
    let api = &asked.server.both()[0];
    let people: Vec<_> = (0..120).map(large).collect();
    api.batch_create(&people, true, "").await.unwrap();
    asked.count();
    for api in asked.server.both() {
        for limit in [1, 20, 100] {
            let filtered = Query {
                limit: Some(limit),
                ..Query::of(Condition::new("companies", "not_empty", &[]))
            };
            let text = Condition::new(
                &format!("customFieldValues.{EVERYTHING}.Text"),
                "like",
                &[Operand::text("t")],
            );
            let by_value = Query {
                limit: Some(limit),
                ..Query::of(text)
            };
            // A filtered page is searched first.
            for (query, statements) in [(Query::pages_of(limit), 1), (filtered, 2), (by_value, 2)] {
                let page = api.list(&query).await.unwrap();
                assert_eq!(
                    page.people.len(),
                    usize::try_from(limit).unwrap(),
                    "{}",
                    api.name()
                );
                assert_eq!(asked.count(), statements, "{} {query:?}", api.name());
                api.next_page(&query, &page.next.unwrap()).await.unwrap();
                assert_eq!(asked.count(), statements, "{} next {query:?}", api.name());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_one_statement_for_one_for_64_and_for_a_thousand() {
    let asked = Asked::new().await;
    for api in asked.server.both() {
        for count in [1, 64, 1000] {
            let people: Vec<_> = (0..count).map(large).collect();
            api.batch_create(&people, false, "").await.unwrap();
            assert_eq!(asked.count(), 1, "{} {count} and their companies", api.name());
            let made = api.batch_create(&people, count != 64, "").await.unwrap();
            assert_eq!(asked.count(), 1, "{} {count}", api.name());
            let request = BatchGetPeopleRequest {
                ids: made
                    .into_iter()
                    .map(|person| person.unwrap()["id"].as_str().unwrap().to_owned())
                    .collect(),
            };
            let mut people = asked
                .server
                .grpc_as(KEY)
                .people
                .max_decoding_message_size(256 * 1024 * 1024);
            people.batch_get_people(request).await.unwrap();
            assert_eq!(asked.count(), 1, "get {count}");
        }
    }
}

/// The statements of changing, deleting and making people under a key, and of logging.
async fn of_writes(asked: &Asked, api: &Api, body: &Value, patch: &Value, key: &str) -> [usize; 5] {
    let person = api.create_once(body, key).await.unwrap();
    let id = person["id"].as_str().unwrap();
    let named = asked.count();
    api.create_once(body, key).await.unwrap();
    let again = asked.count();
    api.update(id, patch).await.unwrap();
    let update = asked.count();
    let interaction = json!({"entity": {"id": id}, "dateTime": "2025-01-01T00:00:00Z", "title": "", "content": "", "type": "call"});
    api.log(&interaction, "").await.unwrap();
    let log = asked.count();
    api.delete(id).await.unwrap();
    [named, again, update, log, asked.count()]
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_take_the_same_statements_whatever_a_person_holds() {
    let asked = Asked::new().await;
    let small = json!({"firstName": "A"});
    let mut replaced = large(2);
    replaced["groups"] = json!([{"id": EVERYTHING}, {"id": FRIENDS}, {"id": ENGINEERING}]);
    replaced["firstName"] = json!("B");
    for number in [1, 2] {
        // With all the companies that they name.
        asked.server.both()[0].create(&large(number)).await.unwrap();
    }
    asked.count();
    for api in asked.server.both() {
        let first = of_writes(&asked, &api, &json!({}), &small, "small").await;
        for (body, patch, key) in [
            (large(1), &small, "large"),
            (large(1), &replaced, "replaced"),
            (json!({}), &replaced, "grown"),
        ] {
            let counts = of_writes(&asked, &api, &body, patch, &format!("{key} {}", api.name())).await;
            assert_eq!(counts, first, "{} {key}", api.name());
        }
        assert!(first.iter().all(|count| (1..=5).contains(count)), "{first:?}");
        asked
            .server
            .database
            .connect()
            .await
            .batch_execute("DELETE FROM remembered_requests")
            .await
            .unwrap();
    }
}
