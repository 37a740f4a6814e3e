use proto::v1::{
    ListApiKeysRequest, ListApiKeysResponse, ListCustomFieldsRequest, ListCustomFieldsResponse,
    ListGroupsRequest, ListGroupsResponse, ListUsersRequest, ListUsersResponse,
};
use serde_json::json;

use crate::fake_core::{FakeCore, refusal};
use crate::rest_client::send;

const LISTS: [&str; 4] = [
    "/v1/groups",
    "/v1/groups/grp_1/custom-fields/Big%20Deals%2F",
    "/v1/users",
    "/v1/api-keys",
];

fn next(token: &str) -> FakeCore {
    FakeCore::default()
        .answering(ListGroupsResponse {
            groups: Vec::new(),
            next_page_token: token.to_owned(),
        })
        .answering(ListCustomFieldsResponse {
            custom_fields: Vec::new(),
            next_page_token: token.to_owned(),
        })
        .answering(ListUsersResponse {
            users: Vec::new(),
            next_page_token: token.to_owned(),
        })
        .answering(ListApiKeysResponse {
            api_keys: Vec::new(),
            next_page_token: token.to_owned(),
        })
}

#[tokio::test]
async fn the_link_leads_to_the_next_page_of_the_same_list() {
    for path in LISTS {
        let answer = send(&next("a&b"), "GET", &format!("{path}?limit=2"), &[], "").await;
        let link = format!("https://crm.test{path}?limit=2&cursor=a%26b");
        let expected = json!({"data": {"items": [], "pagination": {"nextLink": link}}});
        assert_eq!(answer.json(), expected);
        let answer = send(&next(""), "GET", path, &[], "").await;
        assert_eq!(answer.json()["data"]["pagination"], json!({}));
    }
}

#[tokio::test]
async fn limit_and_cursor_reach_the_core() {
    let core = FakeCore::default();
    for path in LISTS {
        send(&core, "GET", &format!("{path}?limit=2&cursor=a%26b"), &[], "").await;
    }
    let groups = core.asked::<ListGroupsRequest>().remove(0);
    let fields = core.asked::<ListCustomFieldsRequest>().remove(0);
    let users = core.asked::<ListUsersRequest>().remove(0);
    let keys = core.asked::<ListApiKeysRequest>().remove(0);
    for page in [
        (groups.page_size, groups.page_token),
        (fields.page_size, fields.page_token),
        (users.page_size, users.page_token),
        (keys.page_size, keys.page_token),
    ] {
        assert_eq!(page, (2, "a&b".to_owned()));
    }
    assert_eq!(
        (fields.group_id.as_str(), fields.entity_type.as_str()),
        ("grp_1", "Big Deals/")
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_page_is_told_at_once() {
    for path in LISTS {
        let core = FakeCore::default().failing(refusal(&["page_token"]));
        let answer = send(
            &core,
            "GET",
            &format!("{path}?limit=0&cursor=c&filter[a][eq]=b"),
            &[],
            "",
        )
        .await;
        assert_eq!(answer.issue_paths(), json!([["limit"], [], ["cursor"]]), "{path}");
        let message = answer.issues()[2]["message"].as_str().unwrap().to_owned();
        assert!(message.contains("nextLink"), "{message}");
    }
}
