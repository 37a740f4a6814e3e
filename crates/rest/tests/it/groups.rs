use proto::v1::{CreateGroupRequest, DeleteGroupRequest, Group, ListGroupsResponse, UpdateGroupRequest};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;

fn group(name: &str) -> Group {
    Group {
        id: "grp_1".to_owned(),
        name: name.to_owned(),
    }
}

#[tokio::test]
async fn groups_are_listed_by_id_and_name() {
    let core = FakeCore::default().answering(ListGroupsResponse {
        groups: vec![group("Friends")],
        next_page_token: String::new(),
    });
    let answer = send(&core, "GET", "/v1/groups", &[], "").await;
    assert_eq!(
        answer.json(),
        json!({"data": {"items": [{"id": "grp_1", "name": "Friends"}], "pagination": {}}})
    );
}

#[tokio::test]
async fn a_group_is_created_renamed_and_deleted() {
    let core = FakeCore::default().answering(group("Friends"));
    let shown = json!({"data": {"id": "grp_1", "name": "Friends"}});
    let answer = send(&core, "POST", "/v1/groups", &[], r#"{"name": "Friends"}"#).await;
    assert_eq!(answer.json(), shown);
    let answer = send(&core, "PATCH", "/v1/groups/grp_1", &[], r#"{"name": "Friends"}"#).await;
    assert_eq!(answer.json(), shown);
    let answer = send(&core, "DELETE", "/v1/groups/grp_1", &[], "").await;
    assert_eq!(answer.json(), json!({"data": {"id": "grp_1"}}));

    let created = core.asked::<CreateGroupRequest>().remove(0);
    assert_eq!(created.group.unwrap().name, "Friends");
    let updated = core.asked::<UpdateGroupRequest>().remove(0);
    assert_eq!(updated.group, Some(group("Friends")));
    assert!(!created.validate_only && !updated.validate_only);
    assert_eq!(core.asked::<DeleteGroupRequest>()[0].id, "grp_1");
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_place() {
    let core = FakeCore::default().failing(refusal(&["group.name", "group.id"]));
    let answer = send(&core, "PATCH", "/v1/groups/x", &[], r#"{"name": "", "color": 1}"#).await;
    assert_eq!(answer.issue_paths(), json!([[], ["name"], ["groupId"]]));
    assert!(core.asked_once::<UpdateGroupRequest>().validate_only);
    let answer = send(&core, "POST", "/v1/groups", &[], "{}").await;
    assert_eq!(answer.issues()[0]["received"], "undefined");
    let core = FakeCore::default().failing(refusal(&["id"]));
    let answer = send(&core, "DELETE", "/v1/groups/x", &[], "").await;
    assert_eq!(answer.issue_paths(), json!([["groupId"]]));
}
