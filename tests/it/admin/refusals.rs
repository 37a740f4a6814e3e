//! Who may administer what.

use proto::v1::custom_field::Type;
use proto::v1::{
    ApiKey, CreateApiKeyRequest, CreateCustomFieldRequest, CreateGroupRequest, CreateUserRequest,
    CustomField, DeactivateUserRequest, DeleteCustomFieldRequest, DeleteGroupRequest, Group,
    ListApiKeysRequest, RevokeApiKeyRequest, UpdateCustomFieldRequest, UpdateGroupRequest,
};
use tests::{GrpcClient, TestServer, fixture};
use tonic::{Code, Status};

use super::{field, fields, john, wrong_paths};

/// What is addressed.
struct Addressed {
    group: String,
    field: String,
    user: String,
    key: String,
}

/// Every call of the service by its name, addressed to these.
async fn every_call(client: &GrpcClient, to: &Addressed) -> Vec<(&'static str, Result<(), Status>)> {
    let mut admin = client.admin.clone();
    let group = |id: &str| {
        Some(Group {
            id: id.to_owned(),
            name: "Name".to_owned(),
        })
    };
    vec![
        (
            "CreateGroup",
            admin
                .create_group(CreateGroupRequest {
                    group: group(""),
                    validate_only: true,
                })
                .await
                .map(drop),
        ),
        (
            "UpdateGroup",
            admin
                .update_group(UpdateGroupRequest {
                    group: group(&to.group),
                    validate_only: true,
                })
                .await
                .map(drop),
        ),
        (
            "CreateCustomField",
            admin
                .create_custom_field(CreateCustomFieldRequest {
                    custom_field: Some(field(&to.group, "Name", Type::Text)),
                    validate_only: true,
                })
                .await
                .map(drop),
        ),
        (
            "UpdateCustomField",
            admin
                .update_custom_field(UpdateCustomFieldRequest {
                    custom_field: Some(CustomField {
                        id: to.field.clone(),
                        name: "Name".to_owned(),
                        ..CustomField::default()
                    }),
                    validate_only: true,
                    ..UpdateCustomFieldRequest::default()
                })
                .await
                .map(drop),
        ),
        (
            "DeleteCustomField",
            admin
                .delete_custom_field(DeleteCustomFieldRequest {
                    id: to.field.clone(),
                    ..DeleteCustomFieldRequest::default()
                })
                .await
                .map(drop),
        ),
        (
            "DeleteGroup",
            admin
                .delete_group(DeleteGroupRequest { id: to.group.clone() })
                .await
                .map(drop),
        ),
        (
            "CreateUser",
            admin
                .create_user(CreateUserRequest {
                    user: Some(proto::v1::User {
                        id: String::new(),
                        full_name: "Name".to_owned(),
                        email: "new@example.com".to_owned(),
                    }),
                    validate_only: true,
                })
                .await
                .map(drop),
        ),
        (
            "DeactivateUser",
            admin
                .deactivate_user(DeactivateUserRequest { id: to.user.clone() })
                .await
                .map(drop),
        ),
        (
            "CreateApiKey",
            admin
                .create_api_key(CreateApiKeyRequest {
                    api_key: Some(ApiKey {
                        name: "Name".to_owned(),
                        scope: proto::v1::api_key::Scope::Read.into(),
                        ..ApiKey::default()
                    }),
                    validate_only: true,
                })
                .await
                .map(drop),
        ),
        (
            "ListApiKeys",
            admin.list_api_keys(ListApiKeysRequest::default()).await.map(drop),
        ),
        (
            "RevokeApiKey",
            admin
                .revoke_api_key(RevokeApiKeyRequest { id: to.key.clone() })
                .await
                .map(drop),
        ),
    ]
}

async fn of_the_demo(server: &TestServer) -> Addressed {
    let client = john(server);
    let listed = fields(&client, fixture::EVERYTHING, "person", 0).await.unwrap();
    let keys = client
        .admin
        .clone()
        .list_api_keys(ListApiKeysRequest::default())
        .await
        .unwrap();
    Addressed {
        group: fixture::EVERYTHING.to_owned(),
        field: listed[0].id.clone(),
        user: fixture::JANE.to_owned(),
        key: keys.into_inner().api_keys.last().unwrap().id.clone(),
    }
}

/// All that administration can change, as one text.
async fn everything(server: &TestServer) -> String {
    let tables = [
        "groups",
        "custom_fields",
        "custom_field_options",
        "users",
        "api_keys",
        "definition_versions",
    ];
    let sums = tables.map(|table| {
        format!("(SELECT coalesce(string_agg(t::text, ';' ORDER BY t::text), '') FROM {table} t)")
    });
    server
        .database
        .text(&format!("SELECT {}", sums.join(" || ")))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_needs_the_scope_admin() {
    let server = TestServer::start().await;
    let to = of_the_demo(&server).await;
    let before = everything(&server).await;
    for key in [fixture::READ_KEY, fixture::WRITE_KEY] {
        for (call, result) in every_call(&server.grpc_as(key), &to).await {
            assert_eq!(result.unwrap_err().code(), Code::PermissionDenied, "{call}");
        }
    }
    for key in [fixture::REVOKED_KEY, fixture::EXPIRED_KEY, "nobody's"] {
        for (call, result) in every_call(&server.grpc_as(key), &to).await {
            assert_eq!(result.unwrap_err().code(), Code::Unauthenticated, "{call}");
        }
    }
    assert_eq!(everything(&server).await, before);
    // With it each of them can be made, so the refusals above are about the scope.
    for (call, result) in every_call(&john(&server), &to).await {
        assert!(result.is_ok(), "{call}: {result:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_workspace_has_is_not_found_and_stays() {
    let server = TestServer::start().await;
    let to = of_the_demo(&server).await;
    let before = everything(&server).await;
    for (call, result) in every_call(&server.grpc_as(fixture::OTHER_KEY), &to).await {
        match call {
            "CreateGroup" | "CreateUser" | "CreateApiKey" | "ListApiKeys" => {
                assert!(result.is_ok(), "{call}")
            }
            _ => assert_eq!(result.unwrap_err().code(), Code::NotFound, "{call}"),
        }
    }
    let other = server.grpc_as(fixture::OTHER_KEY);
    assert_eq!(
        fields(&other, &to.group, "person", 0).await.unwrap_err().code(),
        Code::NotFound
    );
    let keys = other
        .admin
        .clone()
        .list_api_keys(ListApiKeysRequest::default())
        .await
        .unwrap();
    assert_eq!(keys.into_inner().api_keys.len(), 1);
    assert_eq!(everything(&server).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_id_is_invalid_and_what_is_an_id_of_another_kind_is_not_found() {
    let server = TestServer::start().await;
    let no_ids = Addressed {
        group: "grp_1".to_owned(),
        field: "cfd_1".to_owned(),
        user: "usr_1".to_owned(),
        key: "key_1".to_owned(),
    };
    let expected = [
        ("UpdateGroup", "group.id"),
        ("CreateCustomField", "custom_field.group_id"),
        ("UpdateCustomField", "custom_field.id"),
        ("DeleteCustomField", "id"),
        ("DeleteGroup", "id"),
        ("DeactivateUser", "id"),
        ("RevokeApiKey", "id"),
    ];
    for (call, result) in every_call(&john(&server), &no_ids).await {
        let path = expected
            .iter()
            .find(|(name, _)| *name == call)
            .map(|(_, path)| *path);
        match (path, result) {
            (Some(path), Err(refused)) => assert_eq!(wrong_paths(&refused), [path], "{call}"),
            (None, Ok(())) => {}
            (_, result) => panic!("{call}: {result:?}"),
        }
    }
    let person = fixture::BOB.to_owned();
    let others = Addressed {
        group: person.clone(),
        field: person.clone(),
        user: person.clone(),
        key: person,
    };
    for (call, result) in every_call(&john(&server), &others).await {
        if expected.iter().any(|(name, _)| *name == call) {
            assert_eq!(result.unwrap_err().code(), Code::NotFound, "{call}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_without_its_record_says_what_it_lacks() {
    let server = TestServer::start().await;
    let mut admin = john(&server).admin;
    let refused = admin
        .create_group(CreateGroupRequest::default())
        .await
        .unwrap_err();
    assert_eq!(wrong_paths(&refused), ["group"]);
    let refused = admin
        .create_api_key(CreateApiKeyRequest::default())
        .await
        .unwrap_err();
    assert_eq!(wrong_paths(&refused), ["api_key"]);
    let refused = admin
        .delete_custom_field(DeleteCustomFieldRequest::default())
        .await
        .unwrap_err();
    assert_eq!(wrong_paths(&refused), ["id"]);
    let unknown_mask = UpdateCustomFieldRequest {
        custom_field: Some(CustomField {
            id: of_the_demo(&server).await.field,
            ..CustomField::default()
        }),
        update_mask: Some(prost_types::FieldMask {
            paths: vec!["name".to_owned(), "type".to_owned()],
        }),
        ..UpdateCustomFieldRequest::default()
    };
    let refused = admin.update_custom_field(unknown_mask).await.unwrap_err();
    assert_eq!(
        wrong_paths(&refused),
        ["custom_field.name", "update_mask.paths[1]"]
    );
}
