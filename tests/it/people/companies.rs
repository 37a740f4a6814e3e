//! The companies of a person: found by id or by name, made when the name is new.

use std::sync::Arc;

use serde_json::{Value, json};
use tests::fixture::{HR_SERVICES, TECH_CORP};
use tests::{Refused, TestServer};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

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
