//! What logged interactions amount to, for whoever asks.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tests::fixture::{self, BOB, CLIENTS, ENGINEERING, FRIENDS, JANE, JOHN, KEY, WRITE_KEY};
use tests::{TestServer, sample};

const EARLY: &str = "2024-02-29T23:59:59.999Z";
const MIDDLE: &str = "2024-06-01T08:00:00.123Z";
const LATE: &str = "2025-01-01T00:00:00.000Z";

async fn log(server: &TestServer, user: &str, person: &str, at: &str) {
    let at: DateTime<Utc> = at.parse().unwrap();
    fixture::log_interaction(server.database.url(), user, person, at).await;
}

/// What the owner of this key is shown of the person at both doors, which must be the same.
async fn shown(server: &TestServer, key: &str, person: &str) -> Value {
    let [rest, grpc] = server.both_as(key);
    let shown = rest.get(person).await.unwrap();
    assert_eq!(grpc.get(person).await.unwrap(), shown);
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn each_caller_sees_their_own_and_everybodys() {
    let server = TestServer::start().await;
    for (user, at) in [
        (JOHN, MIDDLE),
        (JOHN, EARLY),
        (JANE, EARLY),
        (JANE, LATE),
        (JANE, EARLY),
    ] {
        log(&server, user, BOB, at).await;
    }
    let everybodys =
        json!({"approximateCount": 5, "lastInteractedAt": LATE, "lastInteractedBy": [sample::jane()]});
    for (key, own) in [
        (KEY, json!({"approximateCount": 2, "lastInteractedAt": MIDDLE})),
        (
            WRITE_KEY,
            json!({"approximateCount": 3, "lastInteractedAt": LATE}),
        ),
    ] {
        let metadata = shown(&server, key, BOB).await["interactionMetadata"].clone();
        assert_eq!(metadata, json!({"user": own, "workspace": everybodys}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_of_others_and_with_others_do_not_count_as_ones_own() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    let alone = rest.create(&json!({"firstName": "Alone"})).await.unwrap();
    log(&server, JANE, BOB, EARLY).await;

    let bob = shown(&server, KEY, BOB).await;
    assert_eq!(
        bob["interactionMetadata"]["user"],
        json!({"approximateCount": 0, "lastInteractedAt": null})
    );
    assert_eq!(bob["interactionMetadata"]["workspace"]["approximateCount"], 1);
    let alone = shown(&server, WRITE_KEY, alone["id"].as_str().unwrap()).await;
    assert_eq!(
        alone["interactionMetadata"],
        sample::full_shown()["interactionMetadata"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn users_who_share_the_last_moment_are_all_named() {
    let server = TestServer::start().await;
    for (user, at) in [(JANE, LATE), (JOHN, LATE), (JOHN, EARLY)] {
        log(&server, user, BOB, at).await;
    }
    let bob = shown(&server, KEY, BOB).await;
    let mut by = bob["interactionMetadata"]["workspace"]["lastInteractedBy"]
        .as_array()
        .unwrap()
        .clone();
    by.sort_by_key(Value::to_string);
    let mut expected = vec![sample::john(), sample::jane()];
    expected.sort_by_key(Value::to_string);
    assert_eq!(by, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strongest_connection_of_each_group_is_the_user_with_the_most() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    assert_eq!(shown(&server, KEY, BOB).await["strongestConnection"], json!({}));

    let body = json!({"groups": [{"id": ENGINEERING}, {"id": FRIENDS}]});
    let created = rest.create(&body).await.unwrap();
    let person = created["id"].as_str().unwrap();
    for (user, at) in [(JANE, EARLY), (JANE, MIDDLE), (JOHN, LATE)] {
        log(&server, user, person, at).await;
        log(&server, user, BOB, at).await;
    }
    log(&server, JOHN, BOB, EARLY).await;
    log(&server, JOHN, BOB, EARLY).await;
    for key in [KEY, WRITE_KEY] {
        let connections = shown(&server, key, person).await["strongestConnection"].clone();
        assert_eq!(
            connections,
            json!({ENGINEERING: sample::jane(), FRIENDS: sample::jane()})
        );
        let connections = shown(&server, key, BOB).await["strongestConnection"].clone();
        assert_eq!(connections, json!({CLIENTS: sample::john()}));
    }
    let nowhere = rest.create(&json!({})).await.unwrap();
    let nowhere = nowhere["id"].as_str().unwrap();
    log(&server, JANE, nowhere, EARLY).await;
    assert_eq!(
        shown(&server, KEY, nowhere).await["strongestConnection"],
        json!({})
    );
}
