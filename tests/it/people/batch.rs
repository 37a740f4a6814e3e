//! Many people in one call.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use proto::v1::BatchGetPeopleRequest;
use serde_json::{Value, json};
use tests::fixture::{BOB, EVERYTHING, OTHER_GROUP, READ_KEY};
use tests::{Refused, TestDatabase, TestServer, sample};
use tonic::Code;

const ROWS: &str = "SELECT (SELECT count(*) FROM people) * 1000000 + (SELECT count(*) FROM companies) * 10000 \
    + (SELECT count(*) FROM changes)";

fn numbered(count: usize) -> Vec<Value> {
    (0..count)
        .map(|number| json!({"firstName": number.to_string()}))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_people_are_made_in_one_call_and_answered_in_their_order() {
    let server = TestServer::start().await;
    for api in server.both() {
        for atomic in [true, false] {
            let before = server.database.number("SELECT count(*) FROM people").await;
            let mut people = numbered(1000);
            people[500] = sample::full();
            let made = api.batch_create(&people, atomic, "").await.unwrap();
            assert_eq!(made.len(), 1000, "{} {atomic}", api.name());
            let mut ids = HashSet::new();
            for (number, person) in made.into_iter().enumerate() {
                let person = person.unwrap();
                if number == 500 {
                    let (_, shown) = sample::without_id_and_time(person.clone());
                    assert_eq!(shown, sample::full_shown(), "{}", api.name());
                } else {
                    assert_eq!(person["firstName"], number.to_string(), "{}", api.name());
                }
                ids.insert(person["id"].as_str().unwrap().to_owned());
                if number % 333 == 0 {
                    assert_eq!(api.get(person["id"].as_str().unwrap()).await.unwrap(), person);
                }
            }
            assert_eq!(ids.len(), 1000);
            assert_eq!(
                server.database.number("SELECT count(*) FROM people").await,
                before + 1000
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn none_and_more_than_a_thousand_are_refused() {
    let server = TestServer::start().await;
    let before = server.database.number(ROWS).await;
    for api in server.both() {
        for atomic in [true, false] {
            for (count, code) in [(0, "too_small"), (1001, "too_big")] {
                let refused = api.batch_create(&numbered(count), atomic, "").await;
                let expected = Refused::for_issues(&[(json!(["people"]), code)]);
                assert_eq!(refused, Err(expected), "{} {count}", api.name());
            }
        }
    }
    assert_eq!(server.database.number(ROWS).await, before);
}

type Issues = Vec<(Value, String)>;

/// Good ones, and ones that are wrong in shape alone, in meaning alone and by what does not exist.
fn mixed() -> (Vec<Value>, Vec<Option<Issues>>) {
    let nobody = "per_00000000-0000-7000-8000-000000000000";
    let contact = json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {"Contacts": [{"id": nobody}]}}});
    let people = vec![
        json!({"firstName": "Good 0"}),
        json!({"emails": ["a", "x".repeat(255)], "birthday": "2023-02-29", "companies": [{"name": "Never"}]}),
        contact,
        json!({"firstName": "Good 3", "companies": [{"name": "Made"}]}),
        json!({"groups": [{"id": OTHER_GROUP}]}),
        json!({"firstName": "Good 5", "companies": [{"name": "made"}]}),
    ];
    let issue = |path: Value, code: &str| (path, code.to_owned());
    let issues = vec![
        None,
        Some(vec![
            issue(json!(["people", 1, "birthday"]), "invalid_date"),
            issue(json!(["people", 1, "emails", 1]), "too_big"),
        ]),
        Some(vec![issue(
            json!(["people", 2, "customFieldValues", EVERYTHING, "Contacts", 0, "id"]),
            "custom",
        )]),
        None,
        Some(vec![issue(json!(["people", 4, "groups", 0, "id"]), "custom")]),
        None,
    ];
    (people, issues)
}

#[tokio::test(flavor = "multi_thread")]
async fn atomic_is_all_or_nothing_with_every_problem_at_its_path() {
    let server = TestServer::start().await;
    let (people, issues) = mixed();
    let all: Vec<_> = issues.into_iter().flatten().flatten().collect();
    let all: Vec<_> = all
        .iter()
        .map(|(path, code)| (path.clone(), code.as_str()))
        .collect();
    for api in server.both() {
        let before = server.database.number(ROWS).await;
        let refused = api.batch_create(&people, true, "key").await;
        assert_eq!(refused, Err(Refused::for_issues(&all)), "{}", api.name());
        assert_eq!(server.database.number(ROWS).await, before, "{}", api.name());
        // What was refused is not remembered.
        let key = format!("key of {}", api.name());
        assert!(api.batch_create(&people, true, &key).await.is_err());
        assert!(
            api.batch_create(&numbered(1), true, &key).await.is_ok(),
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn otherwise_each_has_a_result_in_its_place() {
    let server = TestServer::start().await;
    for api in server.both() {
        let before = server.database.number("SELECT count(*) FROM people").await;
        let (people, issues) = mixed();
        let results = api.batch_create(&people, false, "").await.unwrap();
        assert_eq!(results.len(), people.len());
        let mut companies = HashSet::new();
        for (number, (result, issues)) in results.iter().zip(issues).enumerate() {
            match (result, issues) {
                (Ok(person), None) => {
                    assert_eq!(person["firstName"], format!("Good {number}"), "{}", api.name());
                    assert_eq!(api.get(person["id"].as_str().unwrap()).await.unwrap(), *person);
                    companies.extend(
                        person["companies"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(Value::to_string),
                    );
                }
                (Err(told), Some(expected)) => assert_eq!(*told, expected, "{} {number}", api.name()),
                (result, expected) => panic!("{} {number} {result:?} {expected:?}", api.name()),
            }
        }
        assert_eq!(companies.len(), 1, "{companies:?}");
        assert_eq!(
            server.database.number("SELECT count(*) FROM people").await,
            before + 3,
            "{}",
            api.name()
        );
        let never = "SELECT count(*) FROM companies WHERE name = 'Never'";
        assert_eq!(
            server.database.number(never).await,
            0,
            "a company of one who was refused"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_rest_an_entry_of_the_wrong_shape_is_one_result_too() {
    let server = TestServer::start().await;
    let body = json!({"atomic": false, "people": [
        {"firstName": "Good 0"}, {"firstName": 1, "lastName": "x".repeat(501)}, {"age": 3},
        {"birthday": "2023-02-29"}, "Ada", null, {"firstName": "Good 6"},
    ]});
    let headers = [("content-type", "application/json"), ("idempotency-key", "mixed")];
    let send = async || {
        server
            .rest()
            .send_with("POST", "/v1/people/batch", &headers, body.to_string())
            .await
    };
    let answer = send().await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let items = answer.json()["data"]["items"].clone();
    let items = items.as_array().unwrap();
    assert_eq!(items.len(), 7);
    for number in [0, 6] {
        assert_eq!(items[number]["person"]["firstName"], format!("Good {number}"));
    }
    for (number, expected) in [
        (
            1,
            vec![
                json!(["people", 1, "firstName"]),
                json!(["people", 1, "lastName"]),
            ],
        ),
        (2, vec![json!(["people", 2])]),
        (3, vec![json!(["people", 3, "birthday"])]),
        (4, vec![json!(["people", 4])]),
        (5, vec![json!(["people", 5])]),
    ] {
        let error = &items[number]["error"];
        assert_eq!(error["code"], "UNPROCESSABLE_ENTITY", "{number}");
        let issues = error["details"]["issues"].as_array().unwrap().iter();
        let mut paths: Vec<_> = issues.map(|issue| issue["path"].clone()).collect();
        paths.sort_by_key(Value::to_string);
        assert_eq!(paths, expected, "{number}");
    }
    // Again under its key: the same people.
    assert_eq!(send().await.json()["data"]["items"], json!(items));
    let atomic = json!({"people": body["people"]});
    let answer = server
        .rest()
        .send("POST", "/v1/people/batch", atomic.to_string())
        .await;
    assert_eq!(answer.status, 422);
    let issues = answer.json()["error"]["details"]["issues"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(issues, 6, "atomic is the default: {}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_that_many_name_is_made_once() {
    let server = TestServer::unlimited().await;
    for api in server.both() {
        let name = format!("Shared by {}", api.name());
        let people: Vec<_> = (0..1000)
            .map(|number| {
                let name = if number % 2 == 0 {
                    name.clone()
                } else {
                    name.to_uppercase()
                };
                json!({"companies": [{"name": name}, {"name": format!("{name} {}", number % 10)}]})
            })
            .collect();
        // Several at once, with the same names.
        let (one, other) = tokio::join!(
            api.batch_create(&people, true, ""),
            api.batch_create(&people, false, "")
        );
        let companies: HashSet<_> = one
            .unwrap()
            .into_iter()
            .chain(other.unwrap())
            .map(|person| person.unwrap()["companies"][0]["id"].to_string())
            .collect();
        assert_eq!(companies.len(), 1, "{}", api.name());
        let made = format!("SELECT count(*) FROM companies WHERE name ILIKE '{name}%'");
        assert_eq!(server.database.number(&made).await, 11, "{}", api.name());
        let logged = format!(
            "SELECT count(*) FROM changes WHERE entity_id IN (SELECT id FROM companies WHERE name ILIKE '{name}%')"
        );
        assert_eq!(server.database.number(&logged).await, 11, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_makes_a_batch_once() {
    let server = TestServer::start().await;
    for api in server.both() {
        let (people, _) = mixed();
        let first = api.batch_create(&people, false, api.name()).await.unwrap();
        let before = server.database.number(ROWS).await;
        assert_eq!(
            api.batch_create(&people, false, api.name()).await.unwrap(),
            first,
            "{}",
            api.name()
        );
        let refused = api
            .batch_create(&people[1..], false, api.name())
            .await
            .unwrap_err();
        assert_eq!(
            refused,
            Refused::for_issues(&[(json!(["Idempotency-Key"]), "custom")])
        );
        assert_eq!(server.database.number(ROWS).await, before, "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_may_have_16_mib_there_and_2_mib_elsewhere() {
    let server = TestServer::start().await;
    let client = server.rest();
    let mib = 1024 * 1024;
    // White space counts as any other byte.
    let padded = |body: &str, size: usize| format!("{body}{}", " ".repeat(size - body.len()));
    for (path, body, limit) in [
        ("/v1/people/batch", r#"{"people": [{}]}"#, 16 * mib),
        ("/v1/people", "{}", 2 * mib),
        ("/v1/people/search", "{}", 2 * mib),
    ] {
        let answer = client.send("POST", path, padded(body, limit)).await;
        assert_eq!(answer.status, 200, "{path} {}", answer.text);
        let answer = client.send("POST", path, padded(body, limit + 1)).await;
        assert_eq!(answer.error(), (413, "PAYLOAD_TOO_LARGE".to_owned()), "{path}");
        assert_eq!(
            answer.json()["error"]["details"],
            json!({"limit": limit}),
            "{path}"
        );
    }
    // A thousand full people are far more than 2 MiB.
    let person = json!({"description": "d".repeat(5000)});
    let people = vec![person; 1000];
    let made = server.both()[0].batch_create(&people, true, "").await.unwrap();
    assert_eq!(made.len(), 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_got_in_the_order_of_their_ids_or_none() {
    let server = TestServer::start().await;
    let [_, grpc] = server.both();
    let made = grpc.batch_create(&numbered(1000), true, "").await.unwrap();
    let mut ids: Vec<_> = made
        .into_iter()
        .map(|person| person.unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    let mut people = server
        .grpc_as(READ_KEY)
        .people
        .max_decoding_message_size(64 * 1024 * 1024);
    let mut get = async |ids: &[String]| {
        let request = BatchGetPeopleRequest { ids: ids.to_vec() };
        let answer = people.batch_get_people(request).await;
        answer.map(|answer| {
            answer
                .into_inner()
                .people
                .into_iter()
                .map(|person| person.id)
                .collect::<Vec<_>>()
        })
    };
    ids.reverse();
    assert_eq!(get(&ids).await.unwrap(), ids);
    let some = [ids[7].clone(), BOB.to_owned(), ids[7].clone(), ids[3].clone()];
    assert_eq!(get(&some).await.unwrap(), some, "as often as they are asked for");
    let nobody = "per_00000000-0000-7000-8000-000000000000".to_owned();
    for (wrong, code) in [
        (vec![], Code::InvalidArgument),
        (
            [ids.clone(), vec![BOB.to_owned()]].concat(),
            Code::InvalidArgument,
        ),
        (vec![ids[0].clone(), "per_1".to_owned()], Code::InvalidArgument),
        (vec![ids[0].clone(), nobody.clone()], Code::NotFound),
    ] {
        let refused = get(&wrong).await.unwrap_err();
        assert_eq!(refused.code(), code, "{} ids", wrong.len());
        assert_eq!(
            refused.message().contains(&nobody),
            code == Code::NotFound,
            "{}",
            refused.message()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_batches_than_may_be_worked_on_wait_for_their_turn() {
    const CALLERS: usize = 16;
    const ROUNDS: usize = 3;
    // Two batches for each connection.
    let one_connection = &[("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_DB_POOL_SIZE", "1")];
    let server = TestServer::start_with(TestDatabase::new().await, one_connection).await;
    let callers = (0..CALLERS).map(|caller| {
        let api = server.both()[caller % 2].clone();
        async move {
            for round in 0..ROUNDS {
                let name = format!("{caller} of {round}");
                let wrong = json!({"firstName": name, "groups": [{"id": OTHER_GROUP}]});
                let people = [json!({"firstName": name}), wrong, json!({"firstName": name})];
                // A batch that is refused gives its place back too.
                api.batch_create(&people, true, "").await.unwrap_err();
                let made = api.batch_create(&people, false, "").await.unwrap();
                let made = made.iter().map(Result::is_ok).collect::<Vec<_>>();
                assert_eq!(made, [true, false, true], "{}: {name}", api.name());
            }
        }
    });
    join_all(callers).await;
    let made = "SELECT count(*) FROM people WHERE first_name LIKE '% of %'";
    assert_eq!(
        server.database.number(made).await,
        i64::try_from(CALLERS * ROUNDS * 2).unwrap()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_that_wait_hold_up_nobody_else() {
    const BATCHES: usize = 40;
    let one_connection = &[("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_DB_POOL_SIZE", "1")];
    let server = TestServer::start_with(TestDatabase::new().await, one_connection).await;
    for api in server.both() {
        let lock = server.database.connect().await;
        lock.batch_execute("BEGIN; LOCK TABLE people IN SHARE MODE")
            .await
            .unwrap();
        let done = Arc::new(AtomicUsize::new(0));
        let batches: Vec<_> = (0..BATCHES)
            .map(|_| {
                let (api, done) = (api.clone(), Arc::clone(&done));
                tokio::spawn(async move {
                    api.batch_create(&numbered(3), true, "").await.unwrap();
                    done.fetch_add(1, Ordering::SeqCst);
                })
            })
            .collect();
        let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
        while server.database.number(waiting).await == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // Time for the others to line up.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let get = tokio::spawn({
            let (api, done) = (api.clone(), Arc::clone(&done));
            async move {
                api.get(BOB).await.unwrap();
                done.load(Ordering::SeqCst)
            }
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        lock.batch_execute("COMMIT").await.unwrap();
        let before = get.await.unwrap();
        // The one that ran and the one behind it; some more may be told of in the meantime.
        assert!(
            before < BATCHES / 2,
            "{}: {before} batches came before",
            api.name()
        );
        for batch in batches {
            batch.await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_database_fills_at_once_though_all_was_planned_when_it_was_empty() {
    let server = TestServer::unlimited().await;
    let api = &server.both()[0];
    let mut people = numbered(1000);
    for (number, person) in people.iter_mut().enumerate() {
        let companies: Vec<_> = (0..20)
            .map(|company| json!({"name": format!("Company {number} {company}")}))
            .collect();
        person["companies"] = json!(companies);
    }
    // Each of 20,000 companies is made, and then found: one after the other if the table were read for each.
    for made in ["new", "known"] {
        api.batch_create(&people, true, "")
            .await
            .unwrap_or_else(|refused| panic!("{made}: {refused:?}"));
    }
}
