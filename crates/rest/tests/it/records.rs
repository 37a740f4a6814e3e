//! What is the same for people, companies and deals.

use proto::v1::{
    Company, CreateCompanyRequest, CreateDealRequest, Deal, DeleteCompanyRequest, DeleteDealRequest,
    DeletePersonRequest, UpdateCompanyRequest, UpdateDealRequest, UpdatePersonRequest,
};
use serde_json::json;
use tonic::Code;

use crate::fake_core::{FakeCore, failure, person, refusal};
use crate::rest_client::send;

/// Where each kind is, the id of one, and a body that creates one.
const KINDS: [(&str, &str, &str); 3] = [
    ("/v1/people", "per_1", "{}"),
    ("/v1/companies", "com_1", r#"{"name": "n"}"#),
    ("/v1/groups/grp_1/Deals", "obj_1", r#"{"name": "n"}"#),
];

/// A core that answers records which all have an etag.
fn core() -> FakeCore {
    let etag = || "e1".to_owned();
    FakeCore::default()
        .answering(person("per_1"))
        .answering(Company {
            etag: etag(),
            ..Company::default()
        })
        .answering(Deal {
            etag: etag(),
            ..Deal::default()
        })
}

#[tokio::test]
async fn every_single_record_comes_with_its_etag() {
    for (all, id, body) in KINDS {
        let one = format!("{all}/{id}");
        for (method, path) in [("POST", all), ("GET", &one), ("HEAD", &one), ("PATCH", &one)] {
            let answer = send(&core(), method, path, &[], body).await;
            assert_eq!(answer.header("etag"), "\"e1\"", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_etag_that_a_record_must_have_reaches_the_core() {
    let core = core();
    for (all, id, _) in KINDS {
        for method in ["PATCH", "DELETE"] {
            let headers = [("if-match", "\"e0\"")];
            let answer = send(&core, method, &format!("{all}/{id}"), &headers, "{}").await;
            assert_eq!(answer.status, 200, "{method} {all}");
        }
    }
    let updated = [
        core.asked::<UpdatePersonRequest>().remove(0).person.unwrap().etag,
        core.asked::<UpdateCompanyRequest>()
            .remove(0)
            .company
            .unwrap()
            .etag,
        core.asked::<UpdateDealRequest>().remove(0).deal.unwrap().etag,
    ];
    let deleted = [
        core.asked::<DeletePersonRequest>().remove(0).etag,
        core.asked::<DeleteCompanyRequest>().remove(0).etag,
        core.asked::<DeleteDealRequest>().remove(0).etag,
    ];
    assert_eq!(
        (updated, deleted),
        (["e0"; 3].map(str::to_owned), ["e0"; 3].map(str::to_owned))
    );
}

#[tokio::test]
async fn a_stale_etag_and_one_that_cannot_be_read_are_told() {
    let stale = failure(
        Code::FailedPrecondition,
        "ETAG_MISMATCH",
        &[("etag", "e2")],
        vec![],
    );
    for (all, id, _) in KINDS {
        let one = format!("{all}/{id}");
        for method in ["PATCH", "DELETE"] {
            let core = FakeCore::default().failing(stale.clone());
            let answer = send(&core, method, &one, &[("if-match", "\"e1\"")], "{}").await;
            assert_eq!(
                (answer.error().0, answer.header("etag")),
                (412, "\"e2\""),
                "{one}"
            );
            let answer = send(&FakeCore::default(), method, &one, &[("if-match", "e1")], "{}").await;
            assert_eq!(answer.issue_paths(), json!([["If-Match"]]), "{one}");
        }
    }
}

#[tokio::test]
async fn a_deleted_record_is_answered_by_its_id() {
    for (all, id, _) in KINDS {
        let answer = send(&FakeCore::default(), "DELETE", &format!("{all}/{id}"), &[], "").await;
        assert_eq!(answer.json(), json!({"data": {"id": id}}));
    }
}

#[tokio::test]
async fn the_key_of_a_create_goes_to_the_core_unless_it_only_validates() {
    for (body, expected) in [(r#"{"name": "n"}"#, "k"), ("{}", "")] {
        let core = FakeCore::default();
        for path in ["/v1/companies", "/v1/groups/grp_1/Deals"] {
            send(&core, "POST", path, &[("idempotency-key", "k")], body).await;
        }
        let company = core.asked::<CreateCompanyRequest>().remove(0);
        let deal = core.asked::<CreateDealRequest>().remove(0);
        for asked in [
            (company.request_id, company.validate_only),
            (deal.request_id, deal.validate_only),
        ] {
            assert_eq!(asked, (expected.to_owned(), expected.is_empty()));
        }
    }
}

#[tokio::test]
async fn a_name_is_needed_to_create_and_not_to_change() {
    for (path, field) in [("/v1/companies", "company"), ("/v1/groups/grp_1/Deals", "deal")] {
        let core = FakeCore::default().failing(refusal(&[&format!("{field}.name")]));
        let answer = send(&core, "POST", path, &[], r#"{"x": 1}"#).await;
        assert_eq!(answer.issue_paths(), json!([["name"], []]), "{path}");
        assert_eq!(answer.issues()[0]["received"], "undefined");
        let answer = send(&FakeCore::default(), "PATCH", &format!("{path}/id"), &[], "{}").await;
        assert_eq!(answer.status, 200, "{path}");
        let answer = send(&core, "PATCH", &format!("{path}/id"), &[], r#"{"name": null}"#).await;
        assert_eq!(answer.issue_paths(), json!([["name"]]));
    }
}

#[tokio::test]
async fn issues_of_shape_and_of_meaning_come_together() {
    for (path, field) in [("/v1/companies", "company"), ("/v1/groups/grp_1/Deals", "deal")] {
        let core = FakeCore::default().failing(refusal(&[&format!("{field}.name"), "request_id"]));
        let answer = send(
            &core,
            "POST",
            path,
            &[],
            r#"{"name": "n", "customFieldValues": []}"#,
        )
        .await;
        assert_eq!(
            answer.issue_paths(),
            json!([["customFieldValues"], ["name"], ["Idempotency-Key"]])
        );
    }
}
