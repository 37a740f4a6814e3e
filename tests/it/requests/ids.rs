//! Ids in paths.

use serde_json::json;
use tests::fixture::{BOB, JOHN, TECH_CORP};
use tests::{Refused, TestServer};

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_another_kind_or_of_nothing_is_not_found() {
    let server = TestServer::start().await;
    for api in server.both() {
        for id in [
            "per_00000000-0000-7000-8000-000000000000",
            TECH_CORP,
            JOHN,
            &BOB.to_uppercase(),
            &BOB.replace("per_", "PER_"),
            &"x".repeat(40),
        ] {
            let refused = api.get(id).await.unwrap_err();
            assert_eq!(
                refused,
                Refused::with_code("RESOURCE_NOT_FOUND"),
                "{} {id}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_id_is_an_issue_of_the_path() {
    let server = TestServer::start().await;
    for api in server.both() {
        // Each door names the field as its callers know it.
        let field = if api.name() == "REST" { "personId" } else { "id" };
        for (id, code) in [
            ("1", "too_small"),
            ("per_1", "too_small"),
            (&BOB[4..], "too_small"),
            (&format!("{BOB}0"), "too_big"),
            (&"9".repeat(5000), "too_big"),
        ] {
            let refused = api.get(id).await.unwrap_err();
            assert_eq!(
                refused,
                Refused::for_issues(&[(json!([field]), code)]),
                "{} {id}",
                api.name()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_is_decoded_and_no_encoding_breaks_it() {
    let server = TestServer::start().await;
    let [rest, grpc] = server.both();
    let encoded = BOB.replace('-', "%2D").replace("per_", "%70er%5f");
    assert_eq!(rest.get(&encoded).await.unwrap()["id"], BOB);
    assert_eq!(
        rest.get(&format!("{}%C3%A9", &BOB[..39])).await.unwrap_err(),
        Refused::with_code("RESOURCE_NOT_FOUND"),
        "40 characters, 41 bytes"
    );
    for (id, code) in [
        ("%00", "too_small"),
        ("%ff", "too_small"),
        ("a%2Fb", "too_small"),
        ("..%2F..", "too_small"),
        (&format!("{BOB}%00"), "too_big"),
        (&format!("%20{BOB}"), "too_big"),
    ] {
        let refused = rest.get(id).await.unwrap_err();
        assert_eq!(
            refused,
            Refused::for_issues(&[(json!(["personId"]), code)]),
            "{id}"
        );
    }
    let refused = grpc.get("\0").await.unwrap_err();
    assert_eq!(refused, Refused::for_issues(&[(json!(["id"]), "too_small")]));
}
