//! Creates under a key are done once.

use futures_util::future::join_all;
use serde_json::json;
use tests::fixture::{CLIENTS, EVERYTHING, WRITE_KEY};
use tests::{Refused, TestServer};

use super::id;

const COUNT: &str = "SELECT count(*) FROM objects";

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_and_body_answer_the_first_result_and_anything_else_is_refused() {
    let server = TestServer::start().await;
    for api in server.both() {
        let deals = api.deals(EVERYTHING, "Deals");
        let (body, key) = (json!({"name": "Once"}), format!("key of {}", api.name()));
        let first = deals.create_once(&body, &key).await.unwrap();
        let count = server.database.number(COUNT).await;
        deals.update(id(&first), &json!({"name": "Twice"})).await.unwrap();
        assert_eq!(
            deals.create_once(&body, &key).await.unwrap(),
            first,
            "{}",
            api.name()
        );
        assert_eq!(server.database.number(COUNT).await, count, "{}", api.name());
        let refused = Err(Refused::for_issues(&[(json!(["Idempotency-Key"]), "custom")]));
        assert_eq!(
            deals.create_once(&json!({"name": "Other"}), &key).await,
            refused,
            "{}",
            api.name()
        );
        // The same body in another place is another request.
        for elsewhere in [api.deals(EVERYTHING, "Projects"), api.deals(CLIENTS, "Deals")] {
            assert_eq!(
                elsewhere.create_once(&body, &key).await,
                refused,
                "{}",
                api.name()
            );
        }
        let janes = server.both_as(WRITE_KEY);
        let made = janes[0]
            .deals(EVERYTHING, "Deals")
            .create_once(&body, &key)
            .await
            .unwrap();
        assert_ne!(made["id"], first["id"], "{}", api.name());
        deals.delete(id(&first)).await.unwrap();
        let gone = deals.create_once(&body, &key).await;
        assert_eq!(
            gone,
            Err(Refused::with_code("RESOURCE_NOT_FOUND")),
            "{}",
            api.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_under_one_key_at_the_same_moment_make_one_deal() {
    let server = TestServer::unlimited().await;
    let apis = server.both();
    for round in 0..4 {
        let before = server.database.number(COUNT).await;
        let deals = apis[round % 2].deals(EVERYTHING, "Deals");
        let (body, key) = (json!({"name": "D"}), format!("round {round}"));
        let made = join_all((0..16).map(|_| deals.create_once(&body, &key))).await;
        let first = made[0].clone().unwrap();
        for answer in made {
            assert_eq!(answer.unwrap(), first);
        }
        assert_eq!(server.database.number(COUNT).await, before + 1);
    }
}
