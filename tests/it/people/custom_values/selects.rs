//! `singleSelect` and `multipleSelect`: labels of options, exactly.

use serde_json::json;
use tests::TestServer;

use super::{assert_refused, person, shown};

#[tokio::test(flavor = "multi_thread")]
async fn a_single_select_takes_one_label_exactly() {
    let server = TestServer::start().await;
    for api in server.both() {
        for label in ["A", "B", "C"] {
            assert_eq!(
                shown(&api, "Select", &json!(label)).await,
                label,
                "{}",
                api.name()
            );
        }
        for wrong in ["D", "a", " A", "A "] {
            assert_refused(&api, "Select", &json!(wrong), &[], "invalid_enum_value").await;
        }
        for wrong in [json!(1), json!(true), json!(["A"]), json!({"label": "A"})] {
            assert_refused(&api, "Select", &wrong, &[], "invalid_type").await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_multiple_select_takes_labels_and_keeps_them_as_given() {
    let server = TestServer::start().await;
    for api in server.both() {
        for (sent, kept) in [
            (json!(["C", "A"]), json!(["C", "A"])),
            (json!(["B", "A", "B", "B", "A"]), json!(["B", "A"])),
        ] {
            assert_eq!(shown(&api, "Multiple", &sent).await, kept, "{}", api.name());
        }
        assert_refused(
            &api,
            "Multiple",
            &json!(["A", "d", "C"]),
            &[json!(1)],
            "invalid_enum_value",
        )
        .await;
        assert_refused(&api, "Multiple", &json!([""]), &[json!(0)], "invalid_enum_value").await;
        for wrong in [
            json!("A"),
            json!(1),
            json!([1]),
            json!([{"id": "A"}]),
            json!([null]),
        ] {
            assert_refused(&api, "Multiple", &wrong, &[], "invalid_type").await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_multiple_select_has_up_to_1000_entries_before_repeats_collapse() {
    let server = TestServer::start().await;
    for api in server.both() {
        let most = json!(vec!["B"; 1000]);
        assert_eq!(
            shown(&api, "Multiple", &most).await,
            json!(["B"]),
            "{}",
            api.name()
        );
        assert_refused(&api, "Multiple", &json!(vec!["B"; 1001]), &[], "too_big").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issue_lists_the_labels_there_are() {
    let server = TestServer::start().await;
    for (field, value) in [
        ("Select", json!("D")),
        ("Multiple", json!(["D"])),
        ("Select", json!(1)),
        ("Multiple", json!("A")),
    ] {
        let answer = server
            .rest()
            .send("POST", "/v1/people", person(field, &value).to_string())
            .await;
        let issue = answer.json()["error"]["details"]["issues"][0].clone();
        assert!(
            issue["message"].as_str().unwrap().contains("A, B, C"),
            "{field} {issue}"
        );
        if issue["code"] == "invalid_enum_value" {
            assert_eq!(issue["options"], json!(["A", "B", "C"]), "{field}");
        }
    }
}
