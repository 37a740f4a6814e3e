//! Custom values of deals: those of their object type, without a group around them.

use serde_json::{Value, json};
use tests::fixture::{BOB, DEAL, EVERYTHING, JANE, PROJECT, TECH_CORP};
use tests::{TestServer, sample};

use super::id;

#[tokio::test(flavor = "multi_thread")]
async fn each_type_comes_out_as_documented_and_unset_ones_as_null() {
    let server = TestServer::start().await;
    server.define_fields("Deals").await;
    for api in server.both() {
        let deals = api.deals(EVERYTHING, "Deals");
        let created = deals.create(&json!({"name": "D"})).await.unwrap();
        let values = created["customFieldValues"].as_object().unwrap();
        assert_eq!(values.len(), 9, "{} {values:?}", api.name());
        assert!(values.values().all(Value::is_null), "{} {values:?}", api.name());
        let patch = json!({"customFieldValues": sample::values()});
        let updated = deals.update(id(&created), &patch).await.unwrap();
        assert_eq!(
            updated["customFieldValues"],
            sample::values_shown(),
            "{}",
            api.name()
        );
        let mut shown = sample::values_shown();
        for (name, unset) in [
            ("Text", json!(" ")),
            ("Magic", json!("")),
            ("Number", Value::Null),
            ("Date", Value::Null),
            ("Select", Value::Null),
            ("Multiple", json!([])),
            ("Contacts", json!([])),
            ("Users", Value::Null),
            ("Deals", json!([])),
        ] {
            shown[name] = Value::Null;
            let patch = json!({"customFieldValues": {name: unset}});
            let updated = deals.update(id(&created), &patch).await.unwrap();
            assert_eq!(updated["customFieldValues"], shown, "{} {name}", api.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_need_not_be_members_and_may_be_people_and_companies() {
    let server = TestServer::start().await;
    server.define_fields("Deals").await;
    for api in server.both() {
        let deals = api.deals(EVERYTHING, "Deals");
        let values = json!({"Contacts": [{"id": TECH_CORP}, {"id": BOB}, {"id": TECH_CORP}],
            "Users": [{"email": "JANE@example.com"}, {"id": JANE}], "Deals": [{"id": DEAL}]});
        let created = deals
            .create(&json!({"name": "D", "customFieldValues": values}))
            .await
            .unwrap();
        let shown = &created["customFieldValues"];
        assert_eq!(
            shown["Contacts"],
            json!([
                {"id": TECH_CORP, "fullName": "Tech Corp", "entityType": "company"},
                {"id": BOB, "fullName": "Bob Smith", "entityType": "person"},
            ]),
            "{}",
            api.name()
        );
        assert_eq!(shown["Users"], json!([sample::jane()]), "{}", api.name());
        // A deal may link to itself, and its name is the present one.
        let patch = json!({"name": "Renamed", "customFieldValues": {"Deals": [{"id": id(&created)}]}});
        let updated = deals.update(id(&created), &patch).await.unwrap();
        let itself = json!([{"id": id(&created), "fullName": "Renamed", "entityType": "object"}]);
        assert_eq!(updated["customFieldValues"]["Deals"], itself, "{}", api.name());
        assert_eq!(deals.get(id(&created)).await.unwrap(), updated, "{}", api.name());
        deals.delete(id(&created)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_field_does_not_take_is_an_issue_at_its_place() {
    let server = TestServer::start().await;
    server.define_fields("Deals").await;
    for api in server.both() {
        let deals = api.deals(EVERYTHING, "Deals");
        for (name, value, end, code) in [
            ("Text", json!(5), json!([]), "invalid_type"),
            ("Text", json!("x".repeat(5001)), json!([]), "too_big"),
            ("Number", json!("1e5"), json!([]), "invalid_string"),
            ("Date", json!("2023-02-29"), json!([]), "invalid_date"),
            ("Select", json!("D"), json!([]), "invalid_enum_value"),
            ("Multiple", json!(["D"]), json!([0]), "invalid_enum_value"),
            (
                "Contacts",
                json!([{"id": "per_00000000-0000-7000-8000-000000000000"}]),
                json!([0, "id"]),
                "custom",
            ),
            (
                "Users",
                json!([{"email": "nobody@example.com"}]),
                json!([0, "email"]),
                "custom",
            ),
            ("Deals", json!([{"id": PROJECT}]), json!([0, "id"]), "custom"),
            ("Renamed", json!("of people"), json!([]), "custom"),
            (EVERYTHING, json!({"Text": "in a group"}), json!([]), "custom"),
        ] {
            let mut path = vec![json!("customFieldValues"), json!(name)];
            path.extend(end.as_array().unwrap().iter().cloned());
            let body = json!({"name": "Wrong", "customFieldValues": {name: value}});
            let refused = deals.create(&body).await.unwrap_err();
            let expected = [(Value::Array(path), code.to_owned())];
            assert_eq!(refused.issues, expected, "{} {name}", api.name());
        }
    }
    assert_eq!(
        server
            .database
            .number("SELECT count(*) FROM objects WHERE name = 'Wrong'")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_object_type_has_its_own_fields() {
    let server = TestServer::start().await;
    server.define_fields("Deals").await;
    let path = format!("/v1/groups/{EVERYTHING}/custom-fields/Projects");
    let made = server
        .rest()
        .send("POST", &path, r#"{"name": "Budget", "type": "numericField"}"#)
        .await;
    assert_eq!(made.status, 200, "{}", made.text);
    for api in server.both() {
        let projects = api.deals(EVERYTHING, "Projects");
        let created = projects
            .create(&json!({"name": "P", "customFieldValues": {"Budget": 5000}}))
            .await
            .unwrap();
        assert_eq!(
            created["customFieldValues"],
            json!({"Budget": "5000"}),
            "{}",
            api.name()
        );
        let wrong = json!({"name": "P", "customFieldValues": {"Text": "of deals"}});
        assert!(projects.create(&wrong).await.is_err(), "{}", api.name());
    }
}
