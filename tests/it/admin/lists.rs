//! The lists of groups, fields and users, for keys of any scope.

use proto::v1::custom_field::Type;
use proto::v1::{ListGroupsRequest, ListUsersRequest};
use tests::{GrpcClient, TestServer, fixture};
use tonic::Code;

use super::{create_field, create_group, field, fields, john, wrong_paths};

async fn groups(client: &GrpcClient, page_size: i32) -> Vec<String> {
    let mut names = Vec::new();
    let mut page_token = String::new();
    loop {
        let request = ListGroupsRequest {
            page_size,
            page_token,
        };
        let page = client
            .groups
            .clone()
            .list_groups(request)
            .await
            .unwrap()
            .into_inner();
        names.extend(page.groups.into_iter().map(|group| group.name));
        if page.next_page_token.is_empty() {
            return names;
        }
        page_token = page.next_page_token;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_listed_page_by_page_in_the_order_of_their_ids() {
    let server = TestServer::start().await;
    let reader = server.grpc_as(fixture::READ_KEY);
    let before = groups(&reader, 0).await;
    assert_eq!(before, ["Everything", "Engineering", "Clients", "Friends"]);
    create_group(&john(&server), "New").await;
    // The same instance knows its own write at once.
    for page_size in [1, 2, 5, 100] {
        let names = groups(&reader, page_size).await;
        assert_eq!(names.len(), 5, "{names:?}");
        assert!(names.contains(&"New".to_owned()));
    }
    let other = groups(&server.grpc_as(fixture::OTHER_KEY), 0).await;
    assert_eq!(other, ["Engineering"]);
    let request = ListGroupsRequest {
        page_size: 0,
        page_token: "mine".to_owned(),
    };
    let refused = reader.groups.clone().list_groups(request).await.unwrap_err();
    assert_eq!(wrong_paths(&refused), ["page_token"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_kind_of_record_is_not_found_and_those_that_exist_are_listed() {
    let server = TestServer::start().await;
    let reader = server.grpc_as(fixture::READ_KEY);
    for kind in ["deals", "people", ""] {
        let refused = fields(&reader, fixture::CLIENTS, kind, 0).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
        assert!(
            refused.message().ends_with("person, company, Deals"),
            "{}",
            refused.message()
        );
    }
    assert_eq!(fields(&reader, fixture::CLIENTS, "Deals", 0).await.unwrap(), []);
    let refused = fields(&reader, "grp_1", "person", 0).await.unwrap_err();
    assert_eq!(wrong_paths(&refused), ["group_id"]);
    let refused = fields(&reader, fixture::OTHER_GROUP, "person", 0)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_come_after_those_that_are_there_also_when_one_was_deleted() {
    let server = TestServer::start().await;
    let client = john(&server);
    let group = create_group(&client, "Work").await;
    for name in ["A", "B", "C"] {
        create_field(&client, field(&group, name, Type::Text))
            .await
            .unwrap();
    }
    let request = proto::v1::DeleteCustomFieldRequest {
        group_id: group.clone(),
        entity_type: "person".to_owned(),
        name: "A".to_owned(),
        ..proto::v1::DeleteCustomFieldRequest::default()
    };
    client.admin.clone().delete_custom_field(request).await.unwrap();
    for name in ["D", "A"] {
        create_field(&client, field(&group, name, Type::Text))
            .await
            .unwrap();
    }
    for page_size in [1, 3, 0] {
        let listed = fields(&client, &group, "person", page_size).await.unwrap();
        let names: Vec<_> = listed.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["B", "C", "D", "A"]);
    }
    let same = "SELECT count(*) FROM (SELECT 1 FROM custom_fields GROUP BY workspace_id, group_id, position \
         HAVING count(*) > 1) AS same";
    assert_eq!(server.database.number(same).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_listed_page_by_page() {
    let server = TestServer::start().await;
    let reader = server.grpc_as(fixture::READ_KEY);
    let mut emails = Vec::new();
    let mut page_token = String::new();
    loop {
        let request = ListUsersRequest {
            page_size: 1,
            page_token,
        };
        let page = reader
            .users
            .clone()
            .list_users(request)
            .await
            .unwrap()
            .into_inner();
        assert!(page.users.len() <= 1);
        emails.extend(page.users.into_iter().map(|user| user.email));
        if page.next_page_token.is_empty() {
            break;
        }
        page_token = page.next_page_token;
    }
    assert_eq!(emails, ["john.doe@example.com", "jane@example.com"]);
}
