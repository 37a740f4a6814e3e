use proto::v1::company_link::Company;
use proto::v1::{Date, UpdatePersonRequest};
use serde_json::json;

use crate::fake_core::{FakeCore, person, refusal};
use crate::rest_client::{Answer, send};

async fn patch(core: &FakeCore, headers: &[(&str, &str)], body: &str) -> Answer {
    send(core, "PATCH", "/v1/people/per_1", headers, body).await
}

/// The request that comes of a good body.
async fn asked(body: &str) -> UpdatePersonRequest {
    let core = FakeCore::default();
    assert_eq!(patch(&core, &[], body).await.status, 200, "{body}");
    let asked = core.asked_once::<UpdatePersonRequest>();
    assert!(!asked.validate_only);
    asked
}

#[tokio::test]
async fn the_fields_that_are_written_are_those_that_change() {
    let asked = asked(r#"{"jobTitle": "x", "birthday": null, "emails": [], "fullName": ""}"#).await;
    assert_eq!(
        asked.update_mask.unwrap().paths,
        ["job_title", "birthday", "emails", "full_name"]
    );
    let person = asked.person.unwrap();
    assert_eq!((person.id.as_str(), person.etag.as_str()), ("per_1", ""));
    assert_eq!((person.job_title.as_str(), person.birthday), ("x", None));
}

#[tokio::test]
async fn an_empty_patch_has_a_mask_all_the_same() {
    let asked = asked("{}").await;
    assert!(asked.update_mask.unwrap().paths.is_empty());
    assert_eq!((asked.add, asked.remove), (None, None));
}

#[tokio::test]
async fn values_arrive_whichever_way_they_are_read() {
    let body = r#"{"birthday": "1990-01-02", "customFieldValues": {"grp_1": {"f": null}}}"#;
    let person = asked(body).await.person.unwrap();
    assert_eq!(
        person.birthday,
        Some(Date {
            year: 1990,
            month: 1,
            day: 2
        })
    );
    assert_eq!(person.custom_field_values[0].values[0].name, "f");
    let slow = asked(r#"{"customFieldValues": {"grp_1": {"f": true}}, "phones": ["1"]}"#).await;
    assert_eq!(slow.update_mask.unwrap().paths, ["custom_field_values", "phones"]);
    assert_eq!(slow.person.unwrap().phones, ["1"]);
}

#[tokio::test]
async fn single_entries_are_added_and_removed() {
    let asked = asked(
        r#"{"add": {"emails": ["a"], "companies": [{"name": "n"}]}, "remove": {"groups": [{"id": "g"}]}}"#,
    )
    .await;
    let (add, remove) = (asked.add.unwrap(), asked.remove.unwrap());
    assert_eq!(add.emails, ["a"]);
    assert_eq!(add.companies[0].company, Some(Company::Name("n".to_owned())));
    assert_eq!(remove.groups[0].id, "g");
    assert!(asked.update_mask.unwrap().paths.is_empty());
}

#[tokio::test]
async fn issues_of_shape_and_of_meaning_come_together() {
    let core = FakeCore::default().failing(refusal(&["person.id", "person.job_title", "add.emails.0"]));
    let answer = patch(
        &core,
        &[],
        r#"{"firstName": 1, "jobTitle": "x", "add": {"emails": ["", 2], "birthday": null}}"#,
    )
    .await;
    let issues = answer.issues();
    let paths: Vec<_> = issues
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["path"])
        .collect();
    assert_eq!(
        json!(paths),
        json!([
            ["firstName"],
            ["add", "emails", 1],
            ["add"],
            ["personId"],
            ["jobTitle"],
            ["add", "emails", 0]
        ])
    );
    let asked = core.asked_once::<UpdatePersonRequest>();
    assert!(asked.validate_only);
    // What could not be read is as if it had not been sent.
    assert_eq!(asked.update_mask.unwrap().paths, ["job_title"]);
}

#[tokio::test]
async fn the_etag_goes_out_and_comes_back() {
    let core = FakeCore::default().answering(person("per_1"));
    let answer = patch(&core, &[("if-match", "W/\"e0\"")], "{}").await;
    assert_eq!(answer.header("etag"), "\"e1\"");
    let asked = core.asked_once::<UpdatePersonRequest>();
    assert_eq!(asked.person.unwrap().etag, "e0");
}

#[tokio::test]
async fn an_etag_that_cannot_be_read_is_an_issue_beside_the_others() {
    let core = FakeCore::default().failing(refusal(&["person.etag", "person.full_name"]));
    let answer = patch(&core, &[("if-match", "\"a\", \"b\"")], "[]").await;
    let issues = answer.issues();
    let paths: Vec<_> = issues
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["path"])
        .collect();
    assert_eq!(json!(paths), json!([[], ["If-Match"]]));
    assert!(core.asked_once::<UpdatePersonRequest>().validate_only);
}
