//! Every operation of the OpenAPI document.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::fixture::{BOB, DEAL, ENGINEERING, EVERYTHING, FRIENDS, JANE, KEY, OTHER_KEY};

use super::Ours;

type Call = (&'static str, &'static str, String, Value);

/// What is asked of the first workspace: a call of each operation that its owner may make, those that delete last. A new
/// operation needs an entry.
fn calls(ours: &Ours) -> Vec<Call> {
    let person = format!("/v1/people/{}", ours.person);
    let links = json!({
        "groups": [{"id": EVERYTHING}], "companies": [{"id": ours.company}],
        "customFieldValues": {EVERYTHING: {"Contacts": [{"id": BOB}], "Users": [{"id": JANE}], "Deals": [{"id": DEAL}]}},
    });
    let company = format!("/v1/companies/{}", ours.company);
    let deals = format!("/v1/groups/{EVERYTHING}/Deals");
    let deal = format!("{deals}/{DEAL}");
    let parties =
        json!({"name": "Theirs", "people": [{"id": ours.person}], "companies": [{"id": ours.company}]});
    let custom = format!("customFieldValues.{EVERYTHING}.Text");
    let fields = format!("/v1/groups/{EVERYTHING}/custom-fields/person");
    let field = "/v1/groups/{groupId}/custom-fields/{entityType}/{field}";
    let interaction = json!({"entity": {"id": ours.person}, "dateTime": "2025-01-01T00:00:00Z", "title": "",
        "content": "", "type": "call"});
    vec![
        (
            "get",
            "/v1/people",
            format!("/v1/people?cursor={}&filter[{custom}][not_empty]", ours.token),
            Value::Null,
        ),
        (
            "post",
            "/v1/people/search",
            "/v1/people/search".to_owned(),
            json!({"filter": {&custom: {"like": ""}}}),
        ),
        ("get", "/v1/people/{personId}", person.clone(), Value::Null),
        ("post", "/v1/people", "/v1/people".to_owned(), links.clone()),
        (
            "post",
            "/v1/people/batch",
            "/v1/people/batch".to_owned(),
            json!({"people": [links]}),
        ),
        (
            "patch",
            "/v1/people/{personId}",
            person.clone(),
            json!({"firstName": "Stolen", "groups": [{"id": EVERYTHING}]}),
        ),
        (
            "get",
            "/v1/companies",
            "/v1/companies?filter[name][not_empty]".to_owned(),
            Value::Null,
        ),
        (
            "post",
            "/v1/companies/search",
            "/v1/companies/search".to_owned(),
            json!({"filter": {"name": {"like": ""}}}),
        ),
        ("get", "/v1/companies/{companyId}", company.clone(), Value::Null),
        (
            "post",
            "/v1/companies",
            "/v1/companies".to_owned(),
            json!({"name": "Theirs", "groups": [{"id": EVERYTHING}]}),
        ),
        (
            "patch",
            "/v1/companies/{companyId}",
            company.clone(),
            json!({"name": "Stolen", "groups": [{"id": EVERYTHING}]}),
        ),
        (
            "get",
            "/v1/groups/{groupId}/{objectType}",
            format!("{deals}?filter[name][not_empty]"),
            Value::Null,
        ),
        (
            "post",
            "/v1/groups/{groupId}/{objectType}/search",
            format!("{deals}/search"),
            json!({"filter": {"name": {"like": ""}}}),
        ),
        (
            "get",
            "/v1/groups/{groupId}/{objectType}/{objectId}",
            deal.clone(),
            Value::Null,
        ),
        ("post", "/v1/groups/{groupId}/{objectType}", deals, parties),
        (
            "patch",
            "/v1/groups/{groupId}/{objectType}/{objectId}",
            deal.clone(),
            json!({"name": "Stolen", "people": [{"id": ours.person}]}),
        ),
        (
            "post",
            "/v1/interactions",
            "/v1/interactions".to_owned(),
            interaction,
        ),
        ("get", "/v1/users", "/v1/users".to_owned(), Value::Null),
        ("get", "/v1/users/me", "/v1/users/me".to_owned(), Value::Null),
        (
            "get",
            "/v1/users/{userId}",
            format!("/v1/users/{JANE}"),
            Value::Null,
        ),
        ("get", "/v1/groups", "/v1/groups".to_owned(), Value::Null),
        (
            "get",
            "/v1/groups/{groupId}/custom-fields/{entityType}",
            fields.clone(),
            Value::Null,
        ),
        (
            "post",
            "/v1/groups",
            "/v1/groups".to_owned(),
            json!({"name": "New"}),
        ),
        (
            "patch",
            "/v1/groups/{groupId}",
            format!("/v1/groups/{FRIENDS}"),
            json!({"name": "Stolen"}),
        ),
        (
            "post",
            "/v1/groups/{groupId}/custom-fields/{entityType}",
            fields.clone(),
            json!({"name": "New", "type": "textField"}),
        ),
        (
            "patch",
            field,
            format!("{fields}/{}", ours.field),
            json!({"name": "Stolen"}),
        ),
        (
            "patch",
            field,
            format!("{fields}/Text"),
            json!({"name": "Stolen too"}),
        ),
        (
            "post",
            "/v1/users",
            "/v1/users".to_owned(),
            json!({"fullName": "New", "email": "new@example.com"}),
        ),
        ("get", "/v1/api-keys", "/v1/api-keys".to_owned(), Value::Null),
        (
            "post",
            "/v1/api-keys",
            "/v1/api-keys".to_owned(),
            json!({"name": "New", "scope": "admin", "userId": JANE}),
        ),
        (
            "delete",
            "/v1/api-keys/{keyId}",
            format!("/v1/api-keys/{}", ours.key),
            Value::Null,
        ),
        (
            "delete",
            "/v1/users/{userId}",
            format!("/v1/users/{JANE}"),
            Value::Null,
        ),
        ("delete", field, format!("{fields}/Magic"), Value::Null),
        ("delete", field, format!("{fields}/{}", ours.field), Value::Null),
        (
            "delete",
            "/v1/groups/{groupId}",
            format!("/v1/groups/{ENGINEERING}"),
            Value::Null,
        ),
        (
            "delete",
            "/v1/groups/{groupId}/{objectType}/{objectId}",
            deal,
            Value::Null,
        ),
        ("delete", "/v1/companies/{companyId}", company, Value::Null),
        ("delete", "/v1/people/{personId}", person, Value::Null),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_has_an_entry() {
    let ours = Ours::new().await;
    let document = ours
        .server
        .rest_as("")
        .send("GET", "/openapi.json", "")
        .await
        .json();
    let mut all = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            all.insert((method.clone(), path.clone()));
        }
    }
    let named = calls(&ours).into_iter();
    let named: BTreeSet<_> = named
        .map(|(method, path, _, _)| (method.to_owned(), path.to_owned()))
        .collect();
    assert_eq!(named, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_sees_and_changes_nothing_by_any_operation() {
    let ours = Ours::new().await;
    let text = |body: &Value| {
        if body.is_null() {
            String::new()
        } else {
            body.to_string()
        }
    };
    let stranger = ours.server.rest_as(OTHER_KEY);
    for (method, _, path, body) in calls(&ours) {
        let question = format!("{path} {body}");
        let before = ours.checksums().await;
        let answer = stranger.send(&method.to_uppercase(), &path, text(&body)).await;
        let status = answer.status.as_u16();
        assert!(
            [200, 404, 422].contains(&status),
            "{method} {path} {}",
            answer.text
        );
        assert_eq!(
            ours.seen(&question, &answer.text),
            Vec::<&String>::new(),
            "{method} {path} {}",
            answer.text
        );
        assert_eq!(ours.checksums().await, before, "{method} {path}");
        // What names a record of another workspace finds none.
        let names_ours = [&ours.person, &ours.company, &ours.field, &ours.key]
            .into_iter()
            .map(String::as_str);
        let mut names_ours = names_ours.chain([BOB, DEAL, EVERYTHING, FRIENDS, ENGINEERING, JANE]);
        if names_ours.any(|id| question.contains(id)) {
            assert_ne!(status, 200, "{method} {path} {}", answer.text);
        }
    }
    // Those were good calls: their owner may make each of them.
    let owner = ours.server.rest_as(KEY);
    for (method, _, path, body) in calls(&ours) {
        let answer = owner.send(&method.to_uppercase(), &path, text(&body)).await;
        assert_eq!(answer.status, 200, "{method} {path} {}", answer.text);
    }
}
