//! The companies of a person: found by id or by name, made when the name is new.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tests::fixture::{HR_SERVICES, TECH_CORP};
use tests::{Api, Refused, TestServer};
use tokio::sync::Barrier;
use tokio::task::{JoinHandle, JoinSet};
use tokio_postgres::Client;

fn tech_corp() -> Value {
    json!({"id": TECH_CORP, "name": "Tech Corp"})
}

fn hr_services() -> Value {
    json!({"id": HR_SERVICES, "name": "HR services"})
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_linked_by_id_and_by_name_in_the_order_given() {
    let server = TestServer::start().await;
    let before = server.database.number("SELECT count(*) FROM companies").await;
    for api in server.both() {
        let body = json!({"companies": [{"name": "HR services"}, {"id": TECH_CORP}]});
        let created = api.create(&body).await.unwrap();
        assert_eq!(
            created["companies"],
            json!([hr_services(), tech_corp()]),
            "{}",
            api.name()
        );
        let got = api.get(created["id"].as_str().unwrap()).await.unwrap();
        assert_eq!(got["companies"], created["companies"], "{}", api.name());
    }
    let after = server.database.number("SELECT count(*) FROM companies").await;
    assert_eq!(after, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_compared_without_case_and_without_how_much_white_space_there_is() {
    let server = TestServer::start().await;
    for api in server.both() {
        for name in [
            "Tech Corp",
            "  Tech Corp\t",
            "tech corp",
            "TECH CORP",
            "Tech \u{a0}\n  Corp",
        ] {
            let created = api.create(&json!({"companies": [{"name": name}]})).await.unwrap();
            assert_eq!(
                created["companies"],
                json!([tech_corp()]),
                "{} {name:?}",
                api.name()
            );
        }
        for other in ["TechCorp", "Tech-Corp", "Tech Corp."] {
            let created = api
                .create(&json!({"companies": [{"name": other}]}))
                .await
                .unwrap();
            assert_ne!(created["companies"][0]["id"], TECH_CORP, "{} {other}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_name_makes_a_company_that_keeps_its_first_spelling() {
    let server = TestServer::start().await;
    for api in server.both() {
        let name = format!("Straße & Söhne ({})", api.name());
        let made = api
            .create(&json!({"companies": [{"name": format!("  {name} ")}]}))
            .await
            .unwrap();
        assert_eq!(made["companies"][0]["name"], name, "{}", api.name());
        let again = api
            .create(&json!({"companies": [{"name": name.to_uppercase()}]}))
            .await
            .unwrap();
        assert_eq!(again["companies"], made["companies"], "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_company_counts_once_at_its_first_place() {
    let server = TestServer::start().await;
    for api in server.both() {
        let body = json!({"companies": [
            {"name": "tech corp"}, {"id": HR_SERVICES}, {"id": TECH_CORP}, {"name": "Tech  Corp"},
            {"name": "hr SERVICES"}, {"id": HR_SERVICES},
        ]});
        let created = api.create(&body).await.unwrap();
        assert_eq!(
            created["companies"],
            json!([tech_corp(), hr_services()]),
            "{}",
            api.name()
        );

        let name = format!("Twice {}", api.name());
        let body = json!({"companies": [{"name": name}, {"name": name.to_uppercase()}]});
        let created = api.create(&body).await.unwrap();
        assert_eq!(
            created["companies"].as_array().unwrap().len(),
            1,
            "{}",
            api.name()
        );
        assert_eq!(created["companies"][0]["name"], name, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_has_up_to_500_characters_and_is_not_blank() {
    let server = TestServer::start().await;
    for api in server.both() {
        let longest = "漢".repeat(500);
        let created = api
            .create(&json!({"companies": [{"name": longest}]}))
            .await
            .unwrap();
        assert_eq!(created["companies"][0]["name"], longest, "{}", api.name());

        let long = "漢".repeat(501);
        let body = json!({"companies": [{"name": ""}, {"name": " \u{a0}\n"}, {"name": long}]});
        let expected = Refused::for_issues(&[
            (json!(["companies", 0, "name"]), "too_small"),
            (json!(["companies", 1, "name"]), "too_small"),
            (json!(["companies", 2, "name"]), "too_big"),
        ]);
        assert_eq!(api.create(&body).await.unwrap_err(), expected, "{}", api.name());

        let many: Vec<_> = (0..21).map(|_| json!({"id": TECH_CORP})).collect();
        let refused = api.create(&json!({"companies": many})).await.unwrap_err();
        assert_eq!(
            refused,
            Refused::for_issues(&[(json!(["companies"]), "too_big")]),
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_create_makes_no_company() {
    let server = TestServer::start().await;
    let ghost = "com_00000000-0000-7000-8000-000000000000";
    for api in server.both() {
        for wrong in [
            json!({"companies": [{"name": "Phantom"}], "birthday": "2023-02-29"}),
            json!({"companies": [{"name": "Phantom"}, {"id": ghost}]}),
        ] {
            assert!(api.create(&wrong).await.is_err(), "{}", api.name());
        }
    }
    // Of the wrong shape, which only JSON can be.
    let shape = r#"{"companies": [{"name": "Phantom"}], "emails": 7}"#;
    assert_eq!(
        server.rest().send("POST", "/v1/people", shape).await.error().0,
        422
    );
    let made = "SELECT count(*) FROM companies WHERE name = 'Phantom'";
    assert_eq!(server.database.number(made).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_callers_bring_a_new_name_at_once_one_company_comes_of_it() {
    const CALLERS: usize = 64;
    let server = TestServer::start().await;
    let ready = Arc::new(Barrier::new(CALLERS));
    let mut calls = JoinSet::new();
    for number in 0..CALLERS {
        // Clients of their own: half of the callers at either door, none waiting for another's connection.
        let [rest, grpc] = server.both();
        let api = if number % 2 == 0 { rest } else { grpc };
        let name = if number % 3 == 0 {
            "BRAND  new ltd"
        } else {
            "Brand New Ltd"
        };
        let ready = Arc::clone(&ready);
        calls.spawn(async move {
            ready.wait().await;
            api.create(&json!({"companies": [{"name": name}, {"name": "Second Ltd"}]}))
                .await
        });
    }
    let mut linked = Vec::new();
    while let Some(created) = calls.join_next().await {
        linked.push(created.unwrap().expect("each create succeeds")["companies"].clone());
    }
    assert_eq!(linked.len(), CALLERS);
    assert!(
        linked.iter().all(|companies| *companies == linked[0]),
        "{linked:?}"
    );
    for key in ["brand new ltd", "second ltd"] {
        let sql = format!(
            "SELECT count(*) FROM companies WHERE lower(regexp_replace(name, '\\s+', ' ', 'g')) = '{key}'"
        );
        assert_eq!(server.database.number(&sql).await, 1, "{key}");
    }
    let people = "SELECT count(DISTINCT person_id) FROM person_companies pc JOIN companies c ON c.id = pc.company_id \
        WHERE c.name = 'Second Ltd'";
    assert_eq!(server.database.number(people).await, 64);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_name_that_somebody_refused_brings_too_is_made_as_the_other_wrote_it() {
    let server = TestServer::start().await;
    let nobody = "com_00000000-0000-7000-8000-000000000000";
    for (number, api) in server.both().into_iter().enumerate() {
        let refused = json!({"companies": [{"id": nobody}, {"name": format!("Shared {number}")}]});
        let stored = json!({"companies": [{"name": format!("SHARED {number}")}]});
        let results = api.batch_create(&[refused, stored], false, "").await.unwrap();
        assert!(results[0].is_err(), "{results:?}");
        let company = results[1].as_ref().unwrap()["companies"][0].clone();
        assert_eq!(company["name"], format!("SHARED {number}"));
        assert_eq!(entries(&server, &company).await, 1);
        let made = format!("SELECT count(*) FROM companies WHERE lower(name) = 'shared {number}'");
        assert_eq!(server.database.number(&made).await, 1);
    }
}

/// Somebody else who makes a company, in a transaction that is not over.
struct Maker {
    client: Client,
    process: i32,
    id: String,
}

impl Maker {
    async fn begin(server: &TestServer, name: &str) -> Self {
        let client = server.database.connect().await;
        client.batch_execute("BEGIN").await.unwrap();
        let like = TECH_CORP.trim_start_matches("com_");
        let make = format!(
            "INSERT INTO companies (workspace_id, id, name, name_key, created_at, created_by, updated_at)
             SELECT workspace_id, gen_random_uuid(), '{name}', sha256(convert_to(lower('{name}'), 'UTF8')), now(), created_by, now()
             FROM companies WHERE id = '{like}' RETURNING pg_backend_pid(), 'com_' || id"
        );
        let row = client.query_one(&make, &[]).await.unwrap();
        let (process, id) = (row.get(0), row.get(1));
        Self { client, process, id }
    }

    /// Until one waits for the end of this transaction.
    async fn until_waited_for(&self, server: &TestServer) {
        let waiting = format!(
            "SELECT count(*) FROM pg_stat_activity WHERE {} = ANY (pg_blocking_pids(pid))",
            self.process
        );
        for _ in 0..2_000 {
            if server.database.number(&waiting).await > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("nobody waits");
    }

    async fn end(&self, how: &str) {
        self.client.batch_execute(how).await.unwrap();
    }
}

fn create_with(api: Api, names: &[&str]) -> JoinHandle<Value> {
    let companies: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
    tokio::spawn(async move { api.create(&json!({"companies": companies})).await.unwrap() })
}

async fn entries(server: &TestServer, company: &Value) -> i64 {
    let id = company["id"].as_str().unwrap().trim_start_matches("com_");
    let sql = format!("SELECT count(*) FROM changes WHERE entity_id = '{id}' AND operation = 'create'");
    server.database.number(&sql).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_that_another_makes_at_the_same_moment_is_waited_for_and_free_to_link_to() {
    let server = TestServer::start().await;
    let [api, _] = server.both();
    // In the order of their keys, in which they are waited for.
    let order = "SELECT string_agg(name, ',' ORDER BY sha256(convert_to(lower(name), 'UTF8')))
                 FROM (VALUES ('Early Ltd'), ('Late Ltd')) AS n (name)";
    let names = server.database.text(order).await;
    let (first, second) = names.split_once(',').unwrap();
    let makers = [
        Maker::begin(&server, first).await,
        Maker::begin(&server, second).await,
    ];
    let create = create_with(api, &[&second.to_uppercase(), &first.to_lowercase()]);
    makers[0].until_waited_for(&server).await;
    makers[0].end("COMMIT").await;
    makers[1].until_waited_for(&server).await;
    // The create has seen the first by now, and others may link to it.
    let link = format!("SELECT FROM companies WHERE name = '{first}' FOR KEY SHARE NOWAIT");
    makers[0].end(&link).await;
    makers[1].end("COMMIT").await;
    let companies = create.await.unwrap()["companies"].clone();
    assert_eq!(
        companies,
        json!([{"id": makers[1].id, "name": second}, {"id": makers[0].id, "name": first}])
    );
    for company in companies.as_array().unwrap() {
        assert_eq!(entries(&server, company).await, 0, "it is not this create's");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_that_another_has_not_made_after_all_is_made() {
    let server = TestServer::start().await;
    let [_, api] = server.both();
    let maker = Maker::begin(&server, "Perhaps Ltd").await;
    let create = create_with(api, &["perhaps ltd"]);
    maker.until_waited_for(&server).await;
    maker.end("ROLLBACK").await;
    let company = create.await.unwrap()["companies"][0].clone();
    assert_eq!(company["name"], "perhaps ltd");
    assert_ne!(company["id"], maker.id);
    assert_eq!(entries(&server, &company).await, 1);
}
