//! Lists of people, page by page.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tests::fixture::{KEY, OTHER_KEY};
use tests::{Api, Condition, Operand, Query, Refused, TestDatabase, TestServer};

fn id(person: &Value) -> String {
    person["id"].as_str().unwrap().to_owned()
}

async fn make(api: &Api, count: usize) -> Vec<String> {
    let people: Vec<_> = (0..count)
        .map(|number| json!({"firstName": format!("{number:03}")}))
        .collect();
    let made = api.batch_create(&people, true, "").await.unwrap();
    made.into_iter().map(|result| id(&result.unwrap())).collect()
}

/// The cursor that a page leads to.
fn cursor(next: &str) -> &str {
    next.rsplit_once("cursor=").map_or(next, |(_, cursor)| cursor)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_1_to_100_and_20_when_none_is_given() {
    let server = TestServer::start().await;
    let [rest, grpc] = server.both();
    make(&rest, 120).await;
    for api in [&rest, &grpc] {
        for (limit, expected) in [(None, 20), (Some(1), 1), (Some(100), 100)] {
            let query = Query {
                limit,
                ..Query::default()
            };
            for page in [api.list(&query).await, api.search(&query).await] {
                assert_eq!(page.unwrap().people.len(), expected, "{} {limit:?}", api.name());
            }
        }
    }
    for (limit, code) in [(0, "too_small"), (-1, "too_small"), (101, "too_big")] {
        let refused = Err(Refused::for_issues(&[(json!(["limit"]), code)]));
        assert_eq!(rest.list(&Query::pages_of(limit)).await, refused, "{limit}");
        assert_eq!(rest.search(&Query::pages_of(limit)).await, refused, "{limit}");
    }
    for limit in ["", "a", "1.5", "+1", "%201", "1e1"] {
        let answer = server
            .rest()
            .send("GET", &format!("/v1/people?limit={limit}"), "")
            .await;
        assert_eq!(answer.status, 422, "{limit}");
        assert_eq!(
            answer.json()["error"]["details"]["issues"][0]["path"],
            json!(["limit"])
        );
    }
    // gRPC coerces, as its own conventions have it.
    assert_eq!(grpc.list(&Query::pages_of(1000)).await.unwrap().people.len(), 100);
    assert!(grpc.list(&Query::pages_of(-1)).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_in_the_order_of_ids_and_hold_everybody_once() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    let mut made = vec![tests::fixture::BOB.to_owned()];
    made.extend(make(&rest, 25).await);
    for _ in 0..10 {
        made.push(id(&grpc.create(&json!({})).await.unwrap()));
    }
    made.sort();
    for api in [&rest, &grpc] {
        for limit in [1, 2, 7, 35, 36, 37, 100] {
            let all = api.list_all(&Query::pages_of(limit)).await.unwrap();
            let ids: Vec<_> = all.iter().map(id).collect();
            assert_eq!(ids, made, "{} {limit}", api.name());
        }
    }
    let one = rest.get(&made[3]).await.unwrap();
    let listed = rest.list_all(&Query::pages_of(100)).await.unwrap();
    assert_eq!(listed[3], one, "a list shows the whole person");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_link_is_absolute_and_carries_the_filters_to_the_end() {
    let url = [("PEOPLE_PUBLIC_URL", "https://crm.example/base")];
    let server = TestServer::start_with(TestDatabase::new().await, &url).await;
    let [rest, grpc] = server.both();
    make(&rest, 30).await;
    let query = Query {
        limit: Some(4),
        combinator: Some("or"),
        conditions: vec![
            Condition::new("firstName", "like", &[Operand::text("01")]),
            Condition::new("firstName", "eq", &[Operand::text("a&b=c%[]#+ é")]),
            Condition::new("firstName", "eq", &[Operand::text("025")]),
            Condition::new(
                "createdBy",
                "not_in",
                &[
                    Operand::email("john.doe@example.com"),
                    Operand::id(tests::fixture::JOHN),
                ],
            ),
        ],
    };
    let expected: Vec<String> = [1]
        .into_iter()
        .chain(10..20)
        .chain([25])
        .map(|n| format!("{n:03}"))
        .collect();
    for api in [&rest, &grpc] {
        for first in [api.list(&query).await, api.search(&query).await] {
            let tests::Page { mut people, mut next } = first.unwrap();
            let mut links = Vec::new();
            while let Some(link) = next {
                let page = api.next_page(&query, &link).await.unwrap();
                people.extend(page.people);
                next = page.next;
                links.push(link);
            }
            let names: Vec<_> = people
                .iter()
                .map(|person| person["firstName"].as_str().unwrap())
                .collect();
            assert_eq!(names, expected, "{}", api.name());
            assert_eq!(links.len(), 2, "{links:?}");
            for link in links.iter().filter(|_| api.name() == "REST") {
                assert!(link.starts_with("https://crm.example/base/v1/people?"), "{link}");
                assert!(
                    link.contains("combinator=or") && link.contains("limit=4"),
                    "{link}"
                );
                assert!(!link.contains([' ', '#', 'é']), "{link}");
            }
        }
    }
    let last = rest.list(&Query::pages_of(100)).await.unwrap();
    assert_eq!(last.next, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_with_any_character_changed_is_refused() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    make(&rest, 3).await;
    let query = Query::pages_of(2);
    let refused = Refused::for_issues(&[(json!(["cursor"]), "custom")]);
    let token = grpc.list(&query).await.unwrap().next.unwrap();
    assert!(token.len() <= 128, "{token}");
    assert!(token.bytes().all(|byte| byte.is_ascii_graphic()), "{token}");
    let mut wrong = vec![
        "x".to_owned(),
        "=".to_owned(),
        format!("{token}A"),
        format!("{token}="),
        token[1..].to_owned(),
    ];
    wrong.extend((0..token.len()).flat_map(|place| {
        // The neighbours in the alphabet differ in the lowest bit, which the last character may not use.
        let old = token.as_bytes()[place];
        let token = token.clone();
        [b'A', b'B', old ^ 1, old.wrapping_add(1)]
            .into_iter()
            .filter_map(move |new| {
                let mut changed = token.clone().into_bytes();
                changed[place] = new;
                let good = new != old && new.is_ascii_alphanumeric();
                good.then(|| String::from_utf8(changed).unwrap())
            })
    }));
    for cursor in &wrong {
        assert_eq!(
            grpc.next_page(&query, cursor).await,
            Err(refused.clone()),
            "{cursor}"
        );
    }
    let link = rest.list(&query).await.unwrap().next.unwrap();
    assert_eq!(cursor(&link), token);
    for place in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let link = link.replace(&token, std::str::from_utf8(&changed).unwrap());
        assert_eq!(
            rest.next_page(&query, &link).await,
            Err(refused.clone()),
            "{link}"
        );
    }
    let empty = link.replace(&token, "");
    assert_eq!(rest.next_page(&query, &empty).await, Err(refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_another_list_or_workspace_is_refused() {
    let server = TestServer::start().await;
    let [rest, grpc] = server.both();
    make(&rest, 3).await;
    make(&server.both_as(OTHER_KEY)[0], 3).await;
    let query = Query::pages_of(1);
    let theirs = server.both_as(OTHER_KEY)[1]
        .list(&query)
        .await
        .unwrap()
        .next
        .unwrap();
    let ours = grpc.list(&query).await.unwrap().next.unwrap();
    let mut others = vec![theirs];
    for path in ["/v1/users?limit=1", "/v1/groups?limit=1", "/v1/api-keys?limit=1"] {
        let answer = server.rest_as(KEY).send("GET", path, "").await.json();
        let link = answer["data"]["pagination"]["nextLink"]
            .as_str()
            .unwrap()
            .to_owned();
        others.push(cursor(&link).to_owned());
        let foreign = server
            .rest_as(KEY)
            .send("GET", &format!("{path}&cursor={ours}"), "")
            .await;
        assert_eq!(foreign.status, 422, "{path}");
    }
    for other in others {
        for api in [&rest, &grpc] {
            let link = if api.name() == "REST" {
                format!("/v1/people?cursor={other}")
            } else {
                other.clone()
            };
            let refused = Refused::for_issues(&[(json!(["cursor"]), "custom")]);
            assert_eq!(
                api.next_page(&query, &link).await,
                Err(refused),
                "{} {other}",
                api.name()
            );
        }
    }
    let our_other_key = server.both_as(tests::fixture::READ_KEY);
    assert!(
        our_other_key[1].next_page(&query, &ours).await.is_ok(),
        "it is the workspace's"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_parameters_are_refused_by_name() {
    let server = TestServer::start().await;
    for parameters in [
        "page=2",
        "Limit=1",
        "filters[firstName][eq]=A",
        "filter=A",
        "limit=1&limit=2",
        "cursor=a&cursor=b",
    ] {
        let answer = server
            .rest()
            .send("GET", &format!("/v1/people?{parameters}"), "")
            .await;
        assert_eq!(answer.status, 422, "{parameters} {}", answer.text);
        let issues = &answer.json()["error"]["details"]["issues"];
        let name = parameters.split('=').next().unwrap();
        assert!(issues.to_string().contains(name), "{issues}");
    }
    let answer = server.rest().send("GET", "/v1/people?page=2", "").await.text;
    for known in ["limit", "cursor", "combinator", "filter"] {
        assert!(answer.contains(known), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_existed_throughout_is_on_the_pages_once_whatever_is_written_meanwhile() {
    let server = TestServer::unlimited().await;
    let [rest, grpc] = server.both();
    let mut kept: HashSet<String> = make(&rest, 40).await.into_iter().collect();
    let passing = make(&rest, 20).await;
    kept.extend(make(&rest, 40).await);
    let done = Arc::new(AtomicBool::new(false));
    let writers = (0..4).map(|number| {
        let (done, api) = (Arc::clone(&done), server.both()[number % 2].clone());
        let mut mine: Vec<_> = passing.iter().skip(number * 5).take(5).cloned().collect();
        let stays: Vec<_> = kept.iter().skip(number * 20).take(20).cloned().collect();
        tokio::spawn(async move {
            let mut written = 0;
            while !done.load(Ordering::Relaxed) {
                mine.push(id(&api.create(&json!({"firstName": "New"})).await.unwrap()));
                api.update(&stays[written % 20], &json!({"firstName": format!("{written}")}))
                    .await
                    .unwrap();
                let gone = mine.remove(0);
                api.delete(&gone).await.unwrap();
                written += 1;
            }
            written
        })
    });
    let writers: Vec<_> = writers.collect();
    for round in 0..5 {
        for api in [&rest, &grpc] {
            let all = api.list_all(&Query::pages_of(9 + 5 * round)).await.unwrap();
            let ids: Vec<_> = all.iter().map(id).collect();
            assert!(ids.is_sorted(), "{}", api.name());
            let seen: HashSet<_> = ids.iter().cloned().collect();
            assert_eq!(seen.len(), ids.len(), "nobody twice");
            let missed: Vec<_> = kept.difference(&seen).collect();
            assert!(missed.is_empty(), "{} {missed:?}", api.name());
        }
    }
    done.store(true, Ordering::Relaxed);
    for writer in writers {
        assert!(writer.await.unwrap() > 0, "it wrote meanwhile");
    }
}
