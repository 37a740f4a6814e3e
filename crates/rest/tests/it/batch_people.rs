use proto::v1::batch_create_result::Result as Outcome;
use proto::v1::{BatchCreatePeopleRequest, BatchCreatePeopleResponse, BatchCreateResult, BatchError, Person};
use serde_json::json;

use crate::fake_core::{FakeCore, person, refusal, violation};
use crate::rest_client::{Answer, send};

async fn batch(core: &FakeCore, body: &str) -> Answer {
    send(
        core,
        "POST",
        "/v1/people/batch",
        &[("idempotency-key", "k")],
        body,
    )
    .await
}

fn results(outcomes: Vec<Outcome>) -> BatchCreatePeopleResponse {
    let results = outcomes
        .into_iter()
        .map(|result| BatchCreateResult { result: Some(result) });
    BatchCreatePeopleResponse {
        results: results.collect(),
    }
}

fn created(id: &str) -> Outcome {
    Outcome::Person(person(id))
}

fn refused(paths: &[&str]) -> Outcome {
    Outcome::Error(BatchError {
        message: "no".to_owned(),
        violations: paths.iter().map(|path| violation(path)).collect(),
    })
}

#[tokio::test]
async fn a_good_batch_is_one_call_and_atomic_by_default() {
    let core = FakeCore::default().answering(results(vec![created("per_1"), created("per_2")]));
    let answer = batch(&core, r#"{"people": [{"firstName": "a"}, {}]}"#).await;
    let items = &answer.json()["data"]["items"];
    assert_eq!(items[1]["person"]["id"], "per_2");
    assert_eq!(items[1]["person"].as_object().unwrap().len(), 18);
    let asked = core.asked_once::<BatchCreatePeopleRequest>();
    assert_eq!(
        (asked.people.len(), asked.atomic, asked.validate_only),
        (2, true, false)
    );
    assert_eq!(
        (asked.people[0].first_name.as_str(), asked.request_id.as_str()),
        ("a", "k")
    );
}

#[tokio::test]
async fn an_atomic_batch_is_refused_as_a_whole() {
    let core = FakeCore::default().failing(refusal(&["people.1.first_name", "people.0.emails.0"]));
    let answer = batch(&core, r#"{"people": [{"emails": [1]}, {}, []], "x": 1}"#).await;
    assert_eq!(
        answer.issue_paths(),
        json!([
            ["people", 0, "emails", 0],
            ["people", 2],
            [],
            ["people", 1, "firstName"]
        ])
    );
    let asked = core.asked_once::<BatchCreatePeopleRequest>();
    assert!(asked.validate_only && asked.atomic);
    assert_eq!(asked.request_id, "");
}

#[tokio::test]
async fn each_entry_has_its_result_in_order() {
    let core = FakeCore::default().answering(results(vec![
        created("per_1"),
        refused(&["people.1.groups.0.id"]),
        refused(&[]),
    ]));
    let answer = batch(&core, r#"{"atomic": false, "people": [{}, {}, {}]}"#).await;
    assert_eq!(answer.status, 200);
    let data = &answer.json()["data"];
    assert_eq!(data["items"][0]["person"]["id"], "per_1");
    assert_eq!(
        data["items"][1],
        json!({"error": {"code": "UNPROCESSABLE_ENTITY", "message": "wrong", "details": {"issues": [
            {"code": "custom", "path": ["people", 1, "groups", 0, "id"], "message": "wrong"}]}}})
    );
    assert_eq!(
        data["items"][2]["error"]["details"]["issues"],
        json!([{"code": "custom", "path": ["people", 2], "message": "no"}])
    );
    assert!(!core.asked_once::<BatchCreatePeopleRequest>().atomic);
}

#[tokio::test]
async fn entries_of_the_wrong_shape_do_not_keep_the_others_from_being_made() {
    let judged = results(vec![
        refused(&["people.0.emails.0", "people.0.emails.1"]),
        created(""),
        created(""),
        refused(&["people.3.job_title"]),
    ]);
    let made = results(vec![created("per_1"), refused(&["people.1.job_title"])]);
    let core = FakeCore::default().answering(judged).answering(made);
    let body =
        r#"{"atomic": false, "people": [{"emails": [1, "b"]}, {"firstName": "a"}, 7, {"jobTitle": "x"}]}"#;
    let answer = batch(&core, body).await;
    assert_eq!(answer.status, 200);
    let items = answer.json()["data"]["items"].clone();
    let paths = |index: usize| -> Vec<_> {
        let issues = items[index]["error"]["details"]["issues"].as_array().unwrap();
        issues.iter().map(|issue| issue["path"].clone()).collect()
    };
    assert_eq!(
        json!(paths(0)),
        json!([["people", 0, "emails", 0], ["people", 0, "emails", 1]])
    );
    assert_eq!(items[1]["person"]["id"], "per_1");
    assert_eq!(json!(paths(2)), json!([["people", 2]]));
    assert_eq!(json!(paths(3)), json!([["people", 3, "jobTitle"]]));

    let asked = core.asked::<BatchCreatePeopleRequest>();
    let said: Vec<_> = asked
        .iter()
        .map(|one| {
            (
                one.people.len(),
                one.validate_only,
                one.atomic,
                one.request_id.as_str(),
            )
        })
        .collect();
    assert_eq!(said, [(4, true, false, ""), (2, false, false, "k")]);
    let names: Vec<_> = asked[1]
        .people
        .iter()
        .map(|one: &Person| one.first_name.as_str())
        .collect();
    assert_eq!(names, ["a", ""]);
}

#[tokio::test]
async fn with_no_entry_left_nothing_is_created() {
    let core = FakeCore::default().answering(results(vec![created("")]));
    let answer = batch(&core, r#"{"atomic": false, "people": [{"x": 1}]}"#).await;
    assert_eq!(
        answer.json()["data"]["items"][0]["error"]["details"]["issues"][0]["keys"],
        json!(["x"])
    );
    assert!(core.asked_once::<BatchCreatePeopleRequest>().validate_only);
}

#[tokio::test]
async fn what_is_wrong_outside_of_the_entries_refuses_the_whole() {
    for (body, path) in [
        (r#"{"atomic": false, "people": [{}], "x": 1}"#, json!([])),
        (r#"{"atomic": 0, "people": []}"#, json!(["atomic"])),
        (r#"{"atomic": false}"#, json!(["people"])),
        (r#"{"people": null}"#, json!(["people"])),
    ] {
        let core = FakeCore::default();
        assert_eq!(batch(&core, body).await.issue_paths(), json!([path]), "{body}");
        let asked = core.asked_once::<BatchCreatePeopleRequest>();
        assert!(asked.validate_only && asked.atomic);
    }
}

#[tokio::test]
async fn nothing_is_made_of_a_batch_with_more_problems_than_are_known() {
    let core = FakeCore::default();
    let wrong = format!("{{\"emails\": [{}]}}", ["1"; 10_000].join(","));
    let body = format!("{{\"atomic\": false, \"people\": [{wrong}, 7]}}");
    assert_eq!(batch(&core, &body).await.error().0, 422);
    assert!(core.asked_once::<BatchCreatePeopleRequest>().validate_only);
}

#[tokio::test]
async fn a_batch_may_be_larger_than_other_bodies() {
    let body = |mebibytes: usize| format!("{{\"people\": []{}}}", " ".repeat(mebibytes << 20));
    assert_eq!(batch(&FakeCore::default(), &body(15)).await.status, 200);
    let answer = batch(&FakeCore::default(), &body(16)).await;
    assert_eq!(answer.error().0, 413);
    assert_eq!(answer.json()["error"]["details"], json!({"limit": 16 << 20}));
}
