//! How a full name comes about.

use serde_json::json;
use tests::TestServer;

#[tokio::test(flavor = "multi_thread")]
async fn it_is_derived_unless_it_was_given() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (body, full_name) in [
            (json!({}), ""),
            (json!({"firstName": "Jane"}), "Jane"),
            (json!({"lastName": "Doe"}), "Doe"),
            (json!({"firstName": " Jane ", "lastName": "Doe"}), "Jane Doe"),
            (
                json!({"firstName": "Jane", "lastName": "Doe", "fullName": ""}),
                "Jane Doe",
            ),
            (
                json!({"firstName": "Jane", "lastName": "Doe", "fullName": "JD"}),
                "JD",
            ),
        ] {
            let created = api.create(&body).await.unwrap();
            assert_eq!(created["fullName"], full_name, "{} {body}", api.name());
            let got = api.get(created["id"].as_str().unwrap()).await.unwrap();
            assert_eq!(got["fullName"], full_name, "{} {body}", api.name());
        }
        let long = json!({"firstName": "a".repeat(500), "lastName": "b".repeat(500)});
        let created = api.create(&long).await.unwrap();
        assert_eq!(
            created["fullName"].as_str().unwrap().len(),
            1001,
            "{}",
            api.name()
        );
    }
}
