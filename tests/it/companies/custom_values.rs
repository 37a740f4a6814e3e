//! Custom values of companies: in groups, as those of people.

use serde_json::{Value, json};
use tests::fixture::{BOB, DEAL, EVERYTHING, FRIENDS, JANE, KEY, PROJECT, TECH_CORP};
use tests::{Refused, TestServer, sample};

use super::id;

#[tokio::test(flavor = "multi_thread")]
async fn each_type_comes_out_as_documented_unset_ones_as_null_and_in_the_order_of_the_fields() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    for api in server.both() {
        let companies = api.companies();
        let body = json!({"name": api.name(), "groups": [{"id": EVERYTHING}]});
        let created = companies.create(&body).await.unwrap();
        let values = &created["customFieldValues"][EVERYTHING];
        let names: Vec<_> = values.as_object().unwrap().keys().map(String::as_str).collect();
        let mut sorted = [
            "Text", "Magic", "Number", "Date", "Select", "Multiple", "Contacts", "Users", "Deals",
        ];
        sorted.sort_unstable();
        assert_eq!(names, sorted, "a map of the test's has its own order");
        assert!(
            values.as_object().unwrap().values().all(Value::is_null),
            "{values}"
        );
        let mut shown = sample::values_shown();
        let all = json!({"customFieldValues": {EVERYTHING: sample::values()}});
        let updated = companies.update(id(&created), &all).await.unwrap();
        assert_eq!(updated["customFieldValues"][EVERYTHING], shown, "{}", api.name());
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
            let patch = json!({"customFieldValues": {EVERYTHING: {name: unset}}});
            let updated = companies.update(id(&created), &patch).await.unwrap();
            assert_eq!(
                updated["customFieldValues"][EVERYTHING],
                shown,
                "{} {name}",
                api.name()
            );
        }
    }
    let path = format!("/v1/groups/{EVERYTHING}/custom-fields/company");
    let fields = server.rest().send("GET", &path, "").await.json();
    let names: Vec<_> = fields["data"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| &field["name"])
        .collect();
    let body = json!({"name": "Ordered", "groups": [{"id": EVERYTHING}]}).to_string();
    let answer = server.rest().send("POST", "/v1/companies", body).await;
    let places: Vec<_> = names
        .iter()
        .map(|name| answer.text.find(&format!("{name}:")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_field_does_not_take_is_an_issue_at_its_place() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    let nobody = "per_00000000-0000-7000-8000-000000000000";
    for api in server.both() {
        for (name, value, path, code) in [
            ("Text", json!("x".repeat(5001)), json!([]), "too_big"),
            ("Number", json!("1e5"), json!([]), "invalid_string"),
            ("Date", json!("2023-02-29"), json!([]), "invalid_date"),
            ("Select", json!("D"), json!([]), "invalid_enum_value"),
            ("Multiple", json!(["A", "D"]), json!([1]), "invalid_enum_value"),
            ("Contacts", json!([{"id": nobody}]), json!([0, "id"]), "custom"),
            (
                "Contacts",
                json!([{"id": BOB}, {"id": DEAL}]),
                json!([1, "id"]),
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
        ] {
            let mut at = vec![json!("customFieldValues"), json!(EVERYTHING), json!(name)];
            at.extend(path.as_array().unwrap().iter().cloned());
            let body = json!({"name": "Wrong", "groups": [{"id": EVERYTHING}],
                "customFieldValues": {EVERYTHING: {name: value}}});
            let refused = api.companies().create(&body).await.unwrap_err();
            let [(told, told_code)] = refused.issues.as_slice() else {
                panic!("{refused:?}")
            };
            assert_eq!(*told, Value::Array(at), "{} {name} {refused:?}", api.name());
            // An id of another kind may be said to be of the wrong form.
            assert!(
                *told_code == code || code == "custom",
                "{} {name} {refused:?}",
                api.name()
            );
        }
    }
    assert_eq!(
        server
            .database
            .number("SELECT count(*) FROM companies WHERE name = 'Wrong'")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_of_groups_that_the_company_is_in_and_go_with_the_membership() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    for api in server.both() {
        let companies = api.companies();
        let values = json!({EVERYTHING: {"Text": "t", "Contacts": [{"id": TECH_CORP}]}});
        let outside = json!({"name": "Outside", "groups": [{"id": FRIENDS}], "customFieldValues": values});
        let expected = Err(Refused::for_issues(&[(
            json!(["customFieldValues", EVERYTHING]),
            "custom",
        )]));
        assert_eq!(companies.create(&outside).await, expected, "{}", api.name());
        let inside = json!({"name": api.name(), "groups": [{"id": EVERYTHING}], "customFieldValues": values});
        let created = companies.create(&inside).await.unwrap();
        let patch = json!({"groups": [{"id": FRIENDS}]});
        let updated = companies.update(id(&created), &patch).await.unwrap();
        assert_eq!(
            updated["customFieldValues"],
            json!({FRIENDS: {}}),
            "{}",
            api.name()
        );
        let patch = json!({"groups": [{"id": FRIENDS}], "customFieldValues": values});
        assert_eq!(
            companies.update(id(&created), &patch).await,
            expected,
            "{}",
            api.name()
        );
        let patch = json!({"add": {"groups": [{"id": EVERYTHING}]}});
        let updated = companies.update(id(&created), &patch).await.unwrap();
        let values = updated["customFieldValues"][EVERYTHING].as_object().unwrap();
        assert!(values.values().all(Value::is_null), "{} {values:?}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_name_works_and_that_is_said() {
    let server = TestServer::start().await;
    server.define_fields("company").await;
    let path = format!("/v1/groups/{EVERYTHING}/custom-fields/company/Text");
    let renamed = server
        .rest_as(KEY)
        .send("PATCH", &path, r#"{"name": "Note"}"#)
        .await;
    assert_eq!(renamed.status, 200, "{}", renamed.text);
    for api in server.both() {
        let body = json!({"name": api.name(), "groups": [{"id": EVERYTHING}],
            "customFieldValues": {EVERYTHING: {"Text": "old", "Users": [{"id": JANE}]}}});
        let (created, deprecations) = api.companies().create_and_hear(&body, "").await.unwrap();
        assert_eq!(
            created["customFieldValues"][EVERYTHING]["Note"],
            "old",
            "{}",
            api.name()
        );
        assert_eq!(deprecations.len(), 1, "{} {deprecations:?}", api.name());
        assert!(deprecations[0].contains("Note"), "{deprecations:?}");
    }
}
