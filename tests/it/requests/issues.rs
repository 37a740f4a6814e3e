//! All issues of a request at once, those of its shape and those of its meaning together.

use serde_json::{Value, json};
use tests::TestServer;
use tests::fixture::{BOB, EVERYTHING, FRIENDS, OTHER_USER, PROJECT};

#[tokio::test(flavor = "multi_thread")]
async fn shape_and_meaning_are_told_together() {
    let server = TestServer::start().await;
    let ghost = "com_00000000-0000-7000-8000-000000000000";
    let body = json!({
        "firstName": 7,
        "lastName": "x".repeat(501),
        "birthday": "2023-02-29",
        "jobTitle": null,
        "age": 3,
        "groups": [{"id": EVERYTHING}, {"id": "grp_1"}, {}, "grp"],
        "companies": [{"id": ghost}, {"name": " "}, {"id": ghost, "name": "both"}, {"name": "Phantom"}],
        "emails": ["ok", 7, "e".repeat(255)],
        "phones": "+1",
        "customFieldValues": {
            EVERYTHING: {
                "Number": "many",
                "Select": "D",
                "Users": [{"id": OTHER_USER}, {"mail": "x"}],
                "Deals": [{"id": PROJECT}],
                "Contacts": [{"id": BOB}, 7],
                "Nothing": 1,
            },
            FRIENDS: {"Favorite color": "Blue"},
        },
    });
    let answer = server.rest().send("POST", "/v1/people", body.to_string()).await;
    assert_eq!(answer.error(), (422, "UNPROCESSABLE_ENTITY".to_owned()));
    let issues = answer.json()["error"]["details"]["issues"].clone();
    let mut told: Vec<(String, String)> = issues
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| {
            (
                issue["path"].to_string(),
                issue["code"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    told.sort();

    let value = |rest: &[Value]| {
        let mut path = vec![json!("customFieldValues"), json!(EVERYTHING)];
        path.extend_from_slice(rest);
        Value::Array(path)
    };
    let mut expected: Vec<(String, String)> = [
        (json!(["firstName"]), "invalid_type"),
        (json!(["lastName"]), "too_big"),
        (json!(["birthday"]), "invalid_date"),
        (json!(["jobTitle"]), "invalid_type"),
        (json!([]), "unrecognized_keys"),
        (json!(["groups", 1, "id"]), "too_small"),
        (json!(["groups", 2, "id"]), "invalid_type"),
        (json!(["groups", 3]), "invalid_type"),
        (json!(["companies", 0, "id"]), "custom"),
        (json!(["companies", 1, "name"]), "too_small"),
        (json!(["companies", 2]), "invalid_union"),
        (json!(["emails", 1]), "invalid_type"),
        (json!(["emails", 2]), "too_big"),
        (json!(["phones"]), "invalid_type"),
        (value(&[json!("Number")]), "invalid_string"),
        (value(&[json!("Select")]), "invalid_enum_value"),
        (value(&[json!("Users"), json!(0), json!("id")]), "custom"),
        (value(&[json!("Users"), json!(1)]), "invalid_union"),
        (value(&[json!("Users"), json!(1)]), "unrecognized_keys"),
        (value(&[json!("Deals"), json!(0), json!("id")]), "custom"),
        (value(&[json!("Contacts"), json!(1)]), "invalid_type"),
        (value(&[json!("Nothing")]), "custom"),
        (json!(["customFieldValues", FRIENDS]), "custom"),
    ]
    .map(|(path, code)| (path.to_string(), code.to_owned()))
    .into();
    expected.sort();
    assert_eq!(told, expected);

    let made = "SELECT count(*) FROM companies WHERE name = 'Phantom'";
    assert_eq!(server.database.number(made).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_issues_are_all_told() {
    let server = TestServer::start().await;
    let links: Vec<_> = (0..1000)
        .map(|number| json!({"id": format!("usr_00000000-0000-7000-8000-{number:012}")}))
        .collect();
    let body = json!({"groups": [{"id": EVERYTHING}], "customFieldValues": {EVERYTHING: {"Users": links}}});
    for api in server.both() {
        let refused = api.create(&body).await.unwrap_err();
        assert_eq!(refused.issues.len(), 1000, "{}", api.name());
    }
}
