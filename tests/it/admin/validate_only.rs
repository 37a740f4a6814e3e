//! Calls that only ask whether they would be taken.

use proto::v1::custom_field::Type;
use proto::v1::{
    ApiKey, CreateApiKeyRequest, CreateCustomFieldRequest, CreateGroupRequest, CreateUserRequest,
    CustomField, Group, UpdateCustomFieldRequest, UpdateGroupRequest, User, api_key,
};
use tests::{TestServer, fixture};
use tonic::Code;

use super::{create_field, create_group, field, john};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_validated_is_judged_in_full_and_stored_not_at_all() {
    let server = TestServer::start().await;
    let client = john(&server);
    let mut admin = client.admin.clone();
    let group = create_group(&client, "Work").await;
    let present = create_field(&client, field(&group, "Present", Type::Text))
        .await
        .unwrap();
    let state = "SELECT (SELECT string_agg(g::text, ';' ORDER BY id) FROM groups g) || \
         (SELECT string_agg(f::text, ';' ORDER BY id) FROM custom_fields f) || \
         (SELECT string_agg(u::text, ';' ORDER BY id) FROM users u) || (SELECT count(*) FROM api_keys) || \
         (SELECT string_agg(v::text, ';' ORDER BY workspace_id) FROM definition_versions v)";
    let before = server.database.text(state).await;

    let named = |id: &str, name: &str| {
        Some(Group {
            id: id.to_owned(),
            name: name.to_owned(),
        })
    };
    let request = CreateGroupRequest {
        group: named("", "New"),
        validate_only: true,
    };
    let answer = admin.create_group(request).await.unwrap().into_inner();
    assert_eq!((answer.id.as_str(), answer.name.as_str()), ("", "New"));
    let request = UpdateGroupRequest {
        group: named(&group, "Other"),
        validate_only: true,
    };
    assert_eq!(
        admin.update_group(request).await.unwrap().into_inner().name,
        "Other"
    );

    let create = |name: &str| {
        let mut admin = client.admin.clone();
        let request = CreateCustomFieldRequest {
            custom_field: Some(field(&group, name, Type::Object)),
            validate_only: true,
        };
        async move { admin.create_custom_field(request).await }
    };
    let answer = create("New").await.unwrap().into_inner();
    assert_eq!((answer.id.as_str(), answer.name.as_str()), ("", "New"));
    assert_eq!(create("Present").await.unwrap_err().code(), Code::AlreadyExists);

    let request = UpdateCustomFieldRequest {
        custom_field: Some(CustomField {
            id: present.id,
            name: "Renamed".to_owned(),
            ..CustomField::default()
        }),
        validate_only: true,
        ..UpdateCustomFieldRequest::default()
    };
    let answer = admin.update_custom_field(request).await.unwrap().into_inner();
    assert_eq!(
        (answer.name.as_str(), answer.former_names.as_slice()),
        ("Renamed", &["Present".to_owned()][..])
    );

    let request = CreateUserRequest {
        user: Some(User {
            id: String::new(),
            full_name: "Ann".to_owned(),
            email: "ann@example.com".to_owned(),
        }),
        validate_only: true,
    };
    assert_eq!(admin.create_user(request).await.unwrap().into_inner().id, "");
    let request = CreateApiKeyRequest {
        api_key: Some(ApiKey {
            name: "key".to_owned(),
            user_id: fixture::JANE.to_owned(),
            scope: api_key::Scope::Read.into(),
            ..ApiKey::default()
        }),
        validate_only: true,
    };
    let answer = admin.create_api_key(request).await.unwrap().into_inner();
    assert_eq!((answer.id.as_str(), answer.secret.as_str()), ("", ""));
    assert_eq!(server.database.text(state).await, before);
}
