//! Creates under a key are done once.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::fixture::{BOB, EVERYTHING, KEY, READ_KEY, WRITE_KEY};
use tests::{Api, Refused, TestServer, sample};

const PEOPLE: &str = "SELECT count(*) FROM people";

fn key_refused(code: &str) -> Refused {
    Refused::for_issues(&[(json!(["Idempotency-Key"]), code)])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_and_body_answer_the_first_result_and_create_nothing() {
    let server = TestServer::start().await;
    for api in server.both() {
        let first = api.create_once(&sample::full(), "key").await.unwrap();
        let count = server.database.number(PEOPLE).await;
        let log = server.database.number("SELECT count(*) FROM changes").await;
        // The first result, not the present state.
        api.update(first["id"].as_str().unwrap(), &json!({"jobTitle": "New"}))
            .await
            .unwrap();
        for _ in 0..3 {
            assert_eq!(
                api.create_once(&sample::full(), "key").await.unwrap(),
                first,
                "{}",
                api.name()
            );
        }
        assert_eq!(server.database.number(PEOPLE).await, count, "{}", api.name());
        assert_eq!(
            server.database.number("SELECT count(*) FROM changes").await,
            log + 1
        );
        // Another key is another request, and so is none.
        for other in [
            api.create_once(&sample::full(), "Key").await,
            api.create(&sample::full()).await,
        ] {
            assert_ne!(other.unwrap()["id"], first["id"], "{}", api.name());
        }
        api.delete(first["id"].as_str().unwrap()).await.unwrap();
        // The next door's requests are the same ones; another key keeps them apart here.
        server
            .database
            .connect()
            .await
            .batch_execute("DELETE FROM remembered_requests")
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_body_under_the_same_key_is_refused() {
    let server = TestServer::start().await;
    for api in server.both() {
        let key = format!("key of {}", api.name());
        let first = api.create_once(&json!({"firstName": "A"}), &key).await.unwrap();
        let count = server.database.number(PEOPLE).await;
        for body in [
            json!({"firstName": "B"}),
            json!({}),
            json!({"firstName": "A", "phones": ["1"]}),
        ] {
            let refused = api.create_once(&body, &key).await;
            assert_eq!(refused, Err(key_refused("custom")), "{} {body}", api.name());
        }
        assert_eq!(server.database.number(PEOPLE).await, count, "{}", api.name());
        assert_eq!(
            api.create_once(&json!({"firstName": "A"}), &key).await.unwrap(),
            first
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_the_same_moment_make_one_person() {
    let server = TestServer::unlimited().await;
    let apis = server.both();
    for (round, many) in [2, 2, 2, 2, 2, 32, 32].into_iter().enumerate() {
        let before = server.database.number(PEOPLE).await;
        let key = format!("round {round}");
        let name = format!("New company {round}");
        let body = json!({"firstName": "Once", "companies": [{"name": name}]});
        let api = &apis[round % 2];
        let made = join_all((0..many).map(|_| api.create_once(&body, &key))).await;
        let first = made[0].clone().unwrap();
        for answer in made {
            assert_eq!(answer.unwrap(), first, "{many} by {}", api.name());
        }
        assert_eq!(
            server.database.number(PEOPLE).await,
            before + 1,
            "{many} by {}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_is_not_remembered() {
    let server = TestServer::start().await;
    for api in server.both() {
        let key = format!("key of {}", api.name());
        for wrong in [
            json!({"birthday": "2023-02-30"}),
            json!({"companies": [{"id": "com_00000000-0000-7000-8000-000000000000"}]}),
            json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {"Select": "D"}}}),
        ] {
            assert!(
                api.create_once(&wrong, &key).await.is_err(),
                "{} {wrong}",
                api.name()
            );
        }
        let made = api
            .create_once(&json!({"firstName": "Right"}), &key)
            .await
            .unwrap();
        assert_eq!(made["firstName"], "Right", "{}", api.name());
    }
    let [rest, _] = server.both_as(READ_KEY);
    assert_eq!(
        rest.create_once(&json!({}), "x").await,
        Err(Refused::with_code("FORBIDDEN"))
    );
    assert_eq!(
        server
            .database
            .number("SELECT count(*) FROM remembered_requests")
            .await,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_survives_a_restart_and_a_crash() {
    let mut server = TestServer::start().await;
    let mut first = Vec::new();
    for api in server.both() {
        first.push(api.create_once(&sample::full(), api.name()).await.unwrap());
    }
    let count = server.database.number(PEOPLE).await;
    for crash in [false, true] {
        let database = if crash {
            server.kill().await
        } else {
            server.stop().await
        };
        server = TestServer::start_with(database, &[]).await;
        for (api, first) in server.both().iter().zip(&first) {
            let again = api.create_once(&sample::full(), api.name()).await.unwrap();
            assert_eq!(again, *first, "{} {crash}", api.name());
        }
    }
    assert_eq!(server.database.number(PEOPLE).await, count);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_holds_for_its_user_and_its_operation() {
    let server = TestServer::start().await;
    let [johns, _] = server.both();
    let [janes, _] = server.both_as(WRITE_KEY);
    let body = json!({"firstName": "A"});
    let first = johns.create_once(&body, "key").await.unwrap();
    assert_ne!(janes.create_once(&body, "key").await.unwrap()["id"], first["id"]);
    let batch = johns
        .batch_create(std::slice::from_ref(&body), true, "key")
        .await
        .unwrap();
    let of_batch = batch[0].clone().unwrap();
    assert_ne!(of_batch["id"], first["id"]);
    let interaction = json!({"entity": {"id": BOB}, "dateTime": "2025-01-01T00:00:00Z", "title": "", "content": "", "type": "call"});
    let logged = johns.log(&interaction, "key").await.unwrap();
    // All of them are remembered, each for itself.
    assert_eq!(johns.create_once(&body, "key").await.unwrap(), first);
    assert_eq!(
        johns.batch_create(&[body], true, "key").await.unwrap()[0]
            .clone()
            .unwrap(),
        of_batch
    );
    assert_eq!(johns.log(&interaction, "key").await.unwrap(), logged);
    assert_eq!(
        johns.get(BOB).await.unwrap()["interactionMetadata"]["user"]["approximateCount"],
        1
    );
    // Two keys of one user are the same user.
    let made = server
        .rest_as(KEY)
        .send("POST", "/v1/api-keys", r#"{"name": "second", "scope": "write"}"#)
        .await;
    let secret = made.json()["data"]["secret"].as_str().unwrap().to_owned();
    let again = server.both_as(&secret)[0]
        .create_once(&json!({"firstName": "A"}), "key")
        .await;
    assert_eq!(again.unwrap(), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_has_1_to_255_characters() {
    let server = TestServer::start().await;
    for api in server.both() {
        for good in ["k".to_owned(), "k".repeat(255), "k 1,2;\"'".to_owned()] {
            let key = format!("{}{good}", &api.name()[..0]);
            assert!(
                api.create_once(&json!({"jobTitle": api.name()}), &key)
                    .await
                    .is_ok(),
                "{good}"
            );
        }
        let refused = api.create_once(&json!({}), &"k".repeat(256)).await;
        assert_eq!(refused, Err(key_refused("too_big")), "{}", api.name());
        server
            .database
            .connect()
            .await
            .batch_execute("DELETE FROM remembered_requests")
            .await
            .unwrap();
    }
    let [rest, _] = server.both();
    assert_eq!(
        rest.create_once(&json!({}), "").await,
        Err(key_refused("too_small"))
    );
    // With what else is wrong.
    let refused = rest
        .create_once(&json!({"birthday": "2023-02-30"}), "")
        .await
        .unwrap_err();
    assert_eq!(refused.issues.len(), 2, "{refused:?}");
    let longest = "é".repeat(255);
    let made = rest.create_once(&json!({}), &longest).await.unwrap();
    assert_eq!(
        rest.create_once(&json!({}), &longest).await.unwrap(),
        made,
        "characters, not bytes"
    );
}

async fn deleted_since(api: &Api, body: &Value, gone: &str, key: &str) {
    api.create_once(body, key).await.unwrap();
    api.delete(gone).await.unwrap();
    for _ in 0..2 {
        let again = api.create_once(body, key).await;
        assert_eq!(
            again,
            Err(Refused::with_code("RESOURCE_NOT_FOUND")),
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_person_was_deleted_since_nothing_is_created_and_that_is_said() {
    let server = TestServer::start().await;
    for api in server.both() {
        let key = format!("key of {}", api.name());
        let made = api.create_once(&sample::full(), &key).await.unwrap();
        let count = server.database.number(PEOPLE).await;
        deleted_since(&api, &sample::full(), made["id"].as_str().unwrap(), &key).await;
        assert_eq!(server.database.number(PEOPLE).await, count - 1, "{}", api.name());
        let other = api.create_once(&json!({}), &key).await;
        assert_eq!(
            other,
            Err(key_refused("custom")),
            "another body is another body still"
        );
    }
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", "key of REST"),
    ];
    let answer = server
        .rest()
        .send_with("POST", "/v1/people", &headers, sample::full().to_string())
        .await;
    let message = answer.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("deleted"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_24_hours_a_key_is_new_again() {
    let server = TestServer::start().await;
    let age = async |hours: &str| {
        let sql = format!("UPDATE remembered_requests SET created_at = created_at - interval '{hours}'");
        server.database.connect().await.batch_execute(&sql).await.unwrap();
    };
    for api in server.both() {
        let key = format!("key of {}", api.name());
        let first = api.create_once(&json!({"firstName": "A"}), &key).await.unwrap();
        age("23 hours 55 minutes").await;
        assert_eq!(
            api.create_once(&json!({"firstName": "A"}), &key).await.unwrap(),
            first,
            "{}",
            api.name()
        );
        age("10 minutes").await;
        let second = api.create_once(&json!({"firstName": "B"}), &key).await.unwrap();
        assert_eq!(second["firstName"], "B", "{}", api.name());
        assert_eq!(
            api.create_once(&json!({"firstName": "B"}), &key).await.unwrap(),
            second,
            "{}",
            api.name()
        );
    }
}
