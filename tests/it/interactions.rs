//! Logging interactions, through both doors.

use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::fixture::{BOB, DEAL, HR_SERVICES, JANE, KEY, OTHER_COMPANY, READ_KEY, TECH_CORP, WRITE_KEY};
use tests::{Refused, TestServer, sample};

const NAMES: [&str; 20] = [
    "call",
    "meeting",
    "message",
    "coffee",
    "lunch",
    "event",
    "drink",
    "whatsapp",
    "twitter",
    "linkedin",
    "hangout",
    "skype",
    "slack",
    "iMessage",
    "fbMessenger",
    "signal",
    "discord",
    "wechat",
    "telegram",
    "viber",
];

fn interaction() -> Value {
    json!({"entity": {"id": BOB}, "dateTime": "2025-07-17T09:00:00.000Z", "title": "Coffee", "content": "With Bob", "type": "coffee"})
}

/// The interaction with one field changed.
fn with(field: &str, value: Value) -> Value {
    let mut body = interaction();
    body[field] = value;
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_what_was_logged_with_people_and_with_companies() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (entity, kind, name) in [(BOB, "person", "Bob Smith"), (TECH_CORP, "company", "Tech Corp")] {
            let mut logged = api.log(&with("entity", json!({"id": entity})), "").await.unwrap();
            let id = logged.as_object_mut().unwrap().remove("id").unwrap();
            let id = id.as_str().unwrap();
            assert!(
                id.starts_with("lit_") && id.len() == 40 && id.as_bytes()[18] == b'7',
                "{id}"
            );
            let mut expected = interaction();
            expected["entity"] = json!({"id": entity, "entityType": kind, "fullName": name});
            assert_eq!(logged, expected, "{}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_is_a_known_name_or_one_emoji() {
    let server = TestServer::start().await;
    for api in server.both() {
        for good in NAMES
            .into_iter()
            .chain(["☕", "😀", "👩‍💻", "🇩🇪", "👍🏽", "❤️", "1️⃣", "👨‍👩‍👧‍👦"])
        {
            let logged = api.log(&with("type", json!(good)), "").await;
            assert_eq!(logged.unwrap()["type"], good, "{}", api.name());
        }
        for bad in [
            "",
            "Call",
            "call ",
            "email",
            "x",
            "1",
            "😀😀",
            "😀a",
            " 😀",
            "imessage",
            "☕ coffee",
        ] {
            let refused = api.log(&with("type", json!(bad)), "").await;
            let expected = Refused::for_issues(&[(json!(["type"]), "invalid_enum_value")]);
            assert_eq!(refused, Err(expected), "{} {bad:?}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_have_their_limits_and_are_trimmed() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (field, limit) in [("title", 255), ("content", 100_000)] {
            let longest = "é".repeat(limit);
            assert_eq!(
                api.log(&with(field, json!(longest)), "").await.unwrap()[field],
                longest
            );
            let refused = api.log(&with(field, json!("é".repeat(limit + 1))), "").await;
            assert_eq!(
                refused,
                Err(Refused::for_issues(&[(json!([field]), "too_big")])),
                "{}",
                api.name()
            );
            assert_eq!(
                api.log(&with(field, json!("")), "").await.unwrap()[field],
                "",
                "{}",
                api.name()
            );
            assert_eq!(
                api.log(&with(field, json!(" a\n")), "").await.unwrap()[field],
                "a",
                "{}",
                api.name()
            );
            let refused = api.log(&with(field, json!("a\0b")), "").await;
            assert_eq!(
                refused,
                Err(Refused::for_issues(&[(json!([field]), "invalid_string")])),
                "{}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_is_iso_8601_with_an_offset_in_at_most_24_characters() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    for (sent, shown) in [
        ("2025-07-17T09:00:00.123Z", "2025-07-17T09:00:00.123Z"),
        ("2025-07-17T09:00:00Z", "2025-07-17T09:00:00.000Z"),
        ("2025-07-17T09:00Z", "2025-07-17T09:00:00.000Z"),
        ("2025-07-17T09:00:00.5Z", "2025-07-17T09:00:00.500Z"),
        ("2025-07-17T11:00:00+02", "2025-07-17T09:00:00.000Z"),
        ("2025-07-17T11:00:00+0200", "2025-07-17T09:00:00.000Z"),
        ("2025-07-17T04:30-04:30", "2025-07-17T09:00:00.000Z"),
        ("2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
    ] {
        let logged = rest.log(&with("dateTime", json!(sent)), "").await;
        assert_eq!(
            logged.unwrap_or_else(|told| panic!("{sent} {told:?}"))["dateTime"],
            shown,
            "{sent}"
        );
    }
    for bad in [
        "",
        "2025-07-17",
        "2025-07-17T09:00:00",
        "2025-02-29T09:00:00Z",
        "2025-07-17T24:00:01Z",
        "2025-07-17T09:60:00Z",
        "17.07.2025",
        "yesterday",
        "1752742800",
        "2025-13-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
    ] {
        let refused = rest.log(&with("dateTime", json!(bad)), "").await.unwrap_err();
        let paths: Vec<_> = refused.issues.iter().map(|(path, _)| path.clone()).collect();
        assert_eq!(paths, [json!(["dateTime"])], "{bad:?}");
    }
    for long in ["2025-07-17T09:00:00.0000Z", "2025-07-17T09:00:00+00:00:"] {
        let refused = rest.log(&with("dateTime", json!(long)), "").await;
        assert_eq!(
            refused,
            Err(Refused::for_issues(&[(json!(["dateTime"]), "too_big")])),
            "{long}"
        );
    }
    for body in [json!(1_752_742_800), json!(null), json!({})] {
        let refused = rest.log(&with("dateTime", body), "").await;
        assert_eq!(
            refused,
            Err(Refused::for_issues(&[(json!(["dateTime"]), "invalid_type")]))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_key_is_needed_and_no_other_is_known() {
    let server = TestServer::start().await;
    let [rest, _] = server.both();
    for key in ["entity", "dateTime", "title", "content", "type"] {
        let mut body = interaction();
        body.as_object_mut().unwrap().remove(key);
        let expected = Refused::for_issues(&[(json!([key]), "invalid_type")]);
        assert_eq!(rest.log(&body, "").await, Err(expected.clone()), "{key}");
        assert_eq!(
            rest.log(&with(key, Value::Null), "").await,
            Err(expected),
            "{key}"
        );
    }
    let all = ["entity", "dateTime", "title", "content", "type"].map(|key| (json!([key]), "invalid_type"));
    assert_eq!(rest.log(&json!({}), "").await, Err(Refused::for_issues(&all)));
    let refused = rest.log(&with("user", json!(JANE)), "").await;
    assert_eq!(
        refused,
        Err(Refused::for_issues(&[(json!([]), "unrecognized_keys")]))
    );
    let refused = rest.log(&with("entity", json!({"id": BOB, "x": 1})), "").await;
    assert_eq!(
        refused,
        Err(Refused::for_issues(&[(json!(["entity"]), "unrecognized_keys")]))
    );
    let refused = rest.log(&with("entity", json!({})), "").await;
    assert_eq!(
        refused,
        Err(Refused::for_issues(&[(json!(["entity", "id"]), "invalid_type")]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_workspace_does_not_have_is_refused_and_nothing_is_stored() {
    let server = TestServer::start().await;
    for api in server.both() {
        for unknown in [
            "per_00000000-0000-7000-8000-000000000000",
            "com_00000000-0000-7000-8000-000000000000",
            OTHER_COMPANY,
            DEAL,
            JANE,
        ] {
            let refused = api
                .log(&with("entity", json!({"id": unknown})), "")
                .await
                .unwrap_err();
            let paths: Vec<_> = refused.issues.iter().map(|(path, _)| path.clone()).collect();
            assert_eq!(paths, [json!(["entity", "id"])], "{} {unknown}", api.name());
        }
        let wrong = json!({"entity": {"id": "per_1"}, "dateTime": "2025-07-17T09:00:00Z", "title": "x".repeat(256), "content": "", "type": "x"});
        let refused = api.log(&wrong, "").await.unwrap_err();
        assert_eq!(refused.issues.len(), 3, "{} {refused:?}", api.name());
    }
    for api in server.both_as(READ_KEY) {
        assert_eq!(
            api.log(&interaction(), "").await,
            Err(Refused::with_code("FORBIDDEN"))
        );
    }
    assert_eq!(
        server.database.number("SELECT count(*) FROM interactions").await,
        0
    );
    assert_eq!(
        server
            .database
            .number("SELECT count(*) FROM person_interaction_counts")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metadata_follow_at_once_for_each_caller() {
    let server = TestServer::start().await;
    let logs = [
        (KEY, "2025-01-02T00:00:00.000Z"),
        (WRITE_KEY, "2025-01-03T00:00:00.000Z"),
        (KEY, "2025-01-01T00:00:00.000Z"),
        (KEY, "2025-01-03T00:00:00.000Z"),
    ];
    for door in 0..2 {
        let person = server.both()[0].create(&json!({})).await.unwrap();
        let id = person["id"].as_str().unwrap();
        let mut mine: Vec<(&str, &str)> = Vec::new();
        for (key, at) in logs {
            let api = &server.both_as(key)[door];
            let mut body = with("dateTime", json!(at));
            body["entity"]["id"] = json!(id);
            api.log(&body, "").await.unwrap();
            mine.push((key, at));
            for (key, user) in [(KEY, sample::john()), (WRITE_KEY, sample::jane())] {
                let own: Vec<_> = mine
                    .iter()
                    .filter(|(whose, _)| *whose == key)
                    .map(|(_, at)| *at)
                    .collect();
                let last = mine.iter().map(|(_, at)| *at).max();
                for api in server.both_as(key) {
                    let metadata = api.get(id).await.unwrap()["interactionMetadata"].clone();
                    let user_part =
                        json!({"approximateCount": own.len(), "lastInteractedAt": own.iter().max()});
                    assert_eq!(metadata["user"], user_part, "{}", api.name());
                    assert_eq!(metadata["workspace"]["approximateCount"], mine.len());
                    assert_eq!(metadata["workspace"]["lastInteractedAt"], json!(last));
                    let by = metadata["workspace"]["lastInteractedBy"].as_array().unwrap();
                    assert_eq!(by.contains(&user), own.iter().max().copied() == last, "{by:?}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_logging_by_two_users_counts_exactly() {
    let server = TestServer::unlimited().await;
    let person = server.both()[0].create(&json!({})).await.unwrap();
    let id = person["id"].as_str().unwrap();
    let (johns, janes) = (server.both(), server.both_as(WRITE_KEY));
    let logs = (0..80).map(|number| {
        let api = if number % 4 == 0 {
            &janes[number % 8 / 4]
        } else {
            &johns[number % 2]
        };
        let mut body = with(
            "dateTime",
            json!(format!("2025-01-01T00:00:{:02}.000Z", number % 60)),
        );
        body["entity"]["id"] = json!(id);
        async move { api.log(&body, "").await }
    });
    for logged in join_all(logs).await {
        logged.unwrap();
    }
    for (api, own) in [(&johns[0], 60), (&janes[1], 20)] {
        let metadata = api.get(id).await.unwrap()["interactionMetadata"].clone();
        assert_eq!(metadata["user"]["approximateCount"], own);
        assert_eq!(metadata["workspace"]["approximateCount"], 80);
        assert_eq!(
            metadata["workspace"]["lastInteractedAt"],
            "2025-01-01T00:00:59.000Z"
        );
    }
    // Those with a company are counted for the company.
    let company = with("entity", json!({"id": HR_SERVICES}));
    join_all((0..10).map(|_| johns[0].log(&company, ""))).await;
    let counts = "SELECT sum(count)::bigint FROM company_interaction_counts";
    assert_eq!(server.database.number(counts).await, 10);
}
