//! What of the fields of a group is shown.

use serde_json::{Value, json};
use tests::fixture::{CLIENTS, EVERYTHING, FRIENDS};
use tests::{GrpcClient, TestServer};

const EVERY_FIELD: [&str; 10] = [
    "Text", "Magic", "Number", "Date", "Select", "Multiple", "Contacts", "Users", "Deals", "Renamed",
];

/// The names of the fields of a group in the order in which they stand in the text of an answer.
fn names_in_order(answer: &str, group: &str) -> Vec<String> {
    let values = answer.split_once("\"customFieldValues\":").unwrap().1;
    let fields = values.split_once(&format!("\"{group}\":{{")).unwrap().1;
    let fields = fields.split_once('}').unwrap().0;
    let all_null = fields.split(',').map(|pair| pair.rsplit_once(':').unwrap());
    all_null
        .map(|(name, value)| {
            assert_eq!(value, "null");
            name.trim_matches('"').to_owned()
        })
        .collect()
}

async fn grpc_names(client: &GrpcClient, id: &str, group: usize) -> Vec<String> {
    let request = proto::v1::GetPersonRequest { id: id.to_owned() };
    let person = client
        .people
        .clone()
        .get_person(request)
        .await
        .unwrap()
        .into_inner();
    let values = person.custom_field_values[group].values.clone();
    values.into_iter().map(|field| field.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_of_every_group_is_there_in_order_unset_ones_as_null() {
    let server = TestServer::start().await;
    let rest = server.rest();
    let body = json!({"groups": [{"id": FRIENDS}, {"id": EVERYTHING}]}).to_string();
    let answer = rest.send("POST", "/v1/people", body).await;
    let friends = ["Favorite color", "Favorite number", "Assignee"];
    assert_eq!(names_in_order(&answer.text, FRIENDS), friends);
    assert_eq!(names_in_order(&answer.text, EVERYTHING), EVERY_FIELD);

    let id = answer.json()["data"]["id"].as_str().unwrap().to_owned();
    let got = rest.send("GET", &format!("/v1/people/{id}"), "").await;
    assert_eq!(got.json()["data"], answer.json()["data"]);
    assert_eq!(names_in_order(&got.text, EVERYTHING), EVERY_FIELD);
    let grpc = server.grpc_as(tests::fixture::KEY);
    assert_eq!(grpc_names(&grpc, &id, 0).await, friends);
    assert_eq!(grpc_names(&grpc, &id, 1).await, EVERY_FIELD);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_set_field_leaves_the_others_null() {
    let server = TestServer::start().await;
    for api in server.both() {
        let body = json!({
            "groups": [{"id": EVERYTHING}, {"id": CLIENTS}],
            "customFieldValues": {EVERYTHING: {"Select": "B"}},
        });
        let values = api.create(&body).await.unwrap()["customFieldValues"].clone();
        let fields = values[EVERYTHING].as_object().unwrap();
        assert_eq!(fields.len(), EVERY_FIELD.len(), "{}", api.name());
        for (name, value) in fields {
            let expected = if name == "Select" { json!("B") } else { Value::Null };
            assert_eq!(*value, expected, "{} {name}", api.name());
        }
        let clients = json!({"Deals": null, "Summary": null, "Revenue": null});
        assert_eq!(values[CLIENTS], clients, "{}", api.name());
    }
}
