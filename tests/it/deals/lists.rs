//! Pages of deals.

use serde_json::json;
use tests::fixture::{DEAL, EVERYTHING, PROJECT, READ_KEY};
use tests::{Condition, Operand, Query, TestServer};

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_in_the_order_of_creation_and_hold_one_type_alone() {
    let server = TestServer::start().await;
    let [writer, _] = server.both();
    let mut ids = Vec::new();
    for number in 0..23 {
        let body = json!({"name": format!("Page {number}")});
        ids.push(writer.deals(EVERYTHING, "Deals").create(&body).await.unwrap()["id"].clone());
    }
    for api in server.both_as(READ_KEY) {
        let deals = api.deals(EVERYTHING, "Deals");
        for limit in [1, 7, 23, 100] {
            let query = Query {
                limit: Some(limit),
                ..Query::of(Condition::new("name", "like", &[Operand::text("page ")]))
            };
            let listed = deals.list_all(&query).await.unwrap();
            let listed: Vec<_> = listed.into_iter().map(|deal| deal["id"].clone()).collect();
            assert_eq!(listed, ids, "{} {limit}", api.name());
            let first = deals.search(&query).await.unwrap();
            assert_eq!(first.next.is_some(), limit < 23, "{} {limit}", api.name());
        }
        assert_eq!(
            deals.list(&Query::default()).await.unwrap().records.len(),
            20,
            "{}",
            api.name()
        );
        let all = deals.list_all(&Query::default()).await.unwrap();
        assert_eq!(all.len(), 24, "{}", api.name());
        assert!(all.iter().any(|deal| deal["id"] == DEAL));
        let projects = api
            .deals(EVERYTHING, "Projects")
            .list_all(&Query::default())
            .await
            .unwrap();
        assert_eq!(
            projects.iter().map(|one| &one["id"]).collect::<Vec<_>>(),
            [PROJECT],
            "{}",
            api.name()
        );
    }
    // A cursor of deals is none of companies, nor of another type's deals.
    let [rest, grpc] = server.both();
    let token = grpc
        .deals(EVERYTHING, "Deals")
        .list(&Query::pages_of(1))
        .await
        .unwrap()
        .next
        .unwrap();
    for (path, status) in [
        (rest.deals(EVERYTHING, "Deals").path(), 200),
        (rest.deals(EVERYTHING, "Projects").path(), 422),
        (rest.companies().path(), 422),
    ] {
        let path = format!("{path}?limit=1&cursor={token}");
        let answer = server.rest().send("GET", &path, "").await;
        assert_eq!(answer.status.as_u16(), status, "{path} {}", answer.text);
    }
    for query in ["limit=0", "limit=101", "cursor=x", "filters=x"] {
        let path = format!("{}?{query}", rest.deals(EVERYTHING, "Deals").path());
        let answer = server.rest().send("GET", &path, "").await;
        assert_eq!(answer.status, 422, "{query} {}", answer.text);
    }
}
