//! Pages of companies.

use serde_json::json;
use tests::fixture::READ_KEY;
use tests::{Condition, Operand, Query, TestServer};

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_in_the_order_of_creation_and_keep_the_filter() {
    let server = TestServer::start().await;
    let [writer, _] = server.both();
    let mut ids = Vec::new();
    for number in 0..25 {
        let body = json!({"name": format!("Page {number}")});
        ids.push(writer.companies().create(&body).await.unwrap()["id"].clone());
    }
    for api in server.both_as(READ_KEY) {
        let companies = api.companies();
        for limit in [1, 7, 25, 100] {
            let query = Query {
                limit: Some(limit),
                ..Query::of(Condition::new("name", "like", &[Operand::text("page ")]))
            };
            let listed = companies.list_all(&query).await.unwrap();
            let listed: Vec<_> = listed.into_iter().map(|company| company["id"].clone()).collect();
            assert_eq!(listed, ids, "{} {limit}", api.name());
            let first = companies.search(&query).await.unwrap();
            assert_eq!(first.records.len(), usize::try_from(limit).unwrap().min(25));
            assert_eq!(first.next.is_some(), limit < 25, "{} {limit}", api.name());
        }
        let first = companies.list(&Query::default()).await.unwrap();
        assert_eq!(first.records.len(), 20, "{}", api.name());
        let all = companies.list_all(&Query::default()).await.unwrap();
        assert_eq!(
            all.len(),
            27,
            "those of the demo too, and none of the other workspace"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_cursors_that_are_none_are_refused() {
    let server = TestServer::start().await;
    for (query, path) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("cursor=", "cursor"),
        ("cursor=x", "cursor"),
    ] {
        let answer = server
            .rest()
            .send("GET", &format!("/v1/companies?{query}"), "")
            .await;
        assert_eq!(answer.status, 422, "{query} {}", answer.text);
        let issues = &answer.json()["error"]["details"]["issues"];
        assert_eq!(issues[0]["path"], json!([path]), "{query}");
    }
    let answer = server
        .rest()
        .send("GET", "/v1/companies?filters[name][eq]=x", "")
        .await;
    assert_eq!(answer.status, 422, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_another_list_is_refused() {
    let server = TestServer::start().await;
    let [rest, grpc] = server.both();
    let query = Query::pages_of(1);
    for api in [&rest, &grpc] {
        api.create(&json!({})).await.unwrap();
    }
    let token = grpc.companies().list(&query).await.unwrap().next.unwrap();
    let of_people = grpc.list(&query).await.unwrap().next.unwrap();
    for (token, status) in [(&token, 200), (&of_people, 422)] {
        let path = format!("/v1/companies?limit=1&cursor={token}");
        let answer = server.rest().send("GET", &path, "").await;
        assert_eq!(answer.status.as_u16(), status, "{path} {}", answer.text);
    }
    let refused = grpc.companies().next_page(&query, &of_people).await.unwrap_err();
    assert_eq!(refused.issues[0].0, json!(["cursor"]), "{refused:?}");
}
