use proto::v1::{
    CreateCustomFieldRequest, CreateDealRequest, DeleteCustomFieldRequest, DeleteDealRequest, GetDealRequest,
    ListCustomFieldsRequest, ListDealsRequest, ListDealsResponse, UpdateCustomFieldRequest,
    UpdateDealRequest,
};
use serde_json::json;
use tonic::Code;

use crate::fake_core::{FakeCore, failure};
use crate::rest_client::send;

#[tokio::test]
async fn group_object_type_and_id_reach_the_core_in_every_call() {
    const ALL: &str = "/v1/groups/grp_1/Big%20Deals%2F%C3%A4";
    const ONE: &str = "/v1/groups/grp_1/Big%20Deals%2F%C3%A4/obj_1";
    let core = FakeCore::default();
    for (method, path) in [
        ("GET", ALL),
        ("POST", ALL),
        ("POST", &format!("{ALL}/search")),
        ("GET", ONE),
        ("PATCH", ONE),
        ("DELETE", ONE),
    ] {
        let answer = send(&core, method, path, &[], r#"{"name": "n"}"#).await;
        let expected = if path.ends_with("/search") { 422 } else { 200 };
        assert_eq!(answer.status, expected, "{method} {path}");
    }
    let created = core.asked::<CreateDealRequest>().remove(0).deal.unwrap();
    let updated = core.asked::<UpdateDealRequest>().remove(0).deal.unwrap();
    let got = core.asked::<GetDealRequest>().remove(0);
    let deleted = core.asked::<DeleteDealRequest>().remove(0);
    let lists = core.asked::<ListDealsRequest>();
    assert_eq!(lists.len(), 2);
    let lists = lists.into_iter().map(|list| (list.group_id, list.object_type));
    for collection in lists.chain([
        (created.group_id, created.object_type),
        (updated.group_id, updated.object_type),
        (got.group_id, got.object_type),
        (deleted.group_id, deleted.object_type),
    ]) {
        assert_eq!(collection, ("grp_1".to_owned(), "Big Deals/ä".to_owned()));
    }
    assert_eq!([updated.id, got.id, deleted.id], ["obj_1"; 3]);
}

#[tokio::test]
async fn an_object_type_that_there_is_not_is_not_found_whatever_else_is_wrong() {
    let unknown = failure(Code::NotFound, "NOT_FOUND", &[], vec![]);
    for (method, path, body) in [
        ("GET", "/v1/groups/grp_1/Deal", ""),
        ("POST", "/v1/groups/grp_1/Deal", "{}"),
        ("POST", "/v1/groups/grp_1/Deal/search", "[]"),
        ("PATCH", "/v1/groups/grp_1/Deal/obj_1", "[]"),
    ] {
        let core = FakeCore::default().failing(unknown.clone());
        let answer = send(&core, method, path, &[], body).await;
        assert_eq!(
            answer.error(),
            (404, "RESOURCE_NOT_FOUND".to_owned()),
            "{method} {path}"
        );
        assert_eq!(answer.json()["error"]["message"], "it failed");
    }
}

#[tokio::test]
async fn custom_fields_are_no_object_type() {
    let core = FakeCore::default();
    let set = "/v1/groups/grp_1/custom-fields/Deals";
    send(&core, "GET", set, &[], "").await;
    send(&core, "POST", set, &[], "{}").await;
    send(&core, "POST", "/v1/groups/grp_1/custom-fields/search", &[], "{}").await;
    send(&core, "PATCH", &format!("{set}/search"), &[], "{}").await;
    let id = "cfd_5fa60242-0756-4e31-8cca-30c2c5ff1ac2";
    send(&core, "DELETE", &format!("{set}/{id}"), &[], "").await;
    core.asked::<ListCustomFieldsRequest>().remove(0);
    assert_eq!(core.asked::<CreateCustomFieldRequest>().len(), 2);
    core.asked::<UpdateCustomFieldRequest>().remove(0);
    core.asked::<DeleteCustomFieldRequest>().remove(0);
    assert_eq!(core.calls(), 5);

    let answer = send(&core, "PATCH", set, &[], "{}").await;
    assert_eq!(answer.error().0, 405);
    let escaped = "/v1/groups/grp_1/custom%2Dfields/obj_1";
    send(&core, "GET", escaped, &[], "").await;
    assert_eq!(core.asked::<GetDealRequest>()[0].object_type, "custom-fields");
}

#[tokio::test]
async fn an_object_type_called_search_has_pages_too() {
    let core = FakeCore::default().answering(ListDealsResponse {
        deals: Vec::new(),
        next_page_token: "t".to_owned(),
    });
    let path = "/v1/groups/grp_1/search";
    for (method, target) in [("GET", path.to_owned()), ("POST", format!("{path}/search"))] {
        let answer = send(&core, method, &target, &[], "{}").await;
        assert_eq!(
            answer.json()["data"]["pagination"],
            json!({"nextLink": format!("https://crm.test{path}?cursor=t")})
        );
    }
    assert_eq!(core.asked::<ListDealsRequest>()[1].object_type, "search");
}

#[tokio::test]
async fn a_search_that_is_too_long_for_a_link_is_sent_again_to_its_own_path() {
    let core = FakeCore::default().answering(ListDealsResponse {
        deals: Vec::new(),
        next_page_token: "t".to_owned(),
    });
    let body = json!({"filter": {"name": {"eq": vec!["x".repeat(30); 500]}}}).to_string();
    let answer = send(&core, "POST", "/v1/groups/grp_1/Big%20Deals/search", &[], &body).await;
    assert_eq!(
        answer.json()["data"]["pagination"]["nextLink"],
        "https://crm.test/v1/groups/grp_1/Big%20Deals/search?cursor=t"
    );
}
