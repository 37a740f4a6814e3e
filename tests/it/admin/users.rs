//! Users are made and deactivated.

use proto::v1::{CreateUserRequest, DeactivateUserRequest, GetUserRequest, ListUsersRequest, User};
use serde_json::json;
use tests::{GrpcClient, TestServer, fixture};
use tonic::{Code, Status};

use super::{john, people, reason, wrong_paths};

async fn create(client: &GrpcClient, full_name: &str, email: &str) -> Result<User, Status> {
    let user = User {
        id: String::new(),
        full_name: full_name.to_owned(),
        email: email.to_owned(),
    };
    let request = CreateUserRequest {
        user: Some(user),
        validate_only: false,
    };
    Ok(client.admin.clone().create_user(request).await?.into_inner())
}

async fn listed(client: &GrpcClient) -> Vec<String> {
    let users = client
        .users
        .clone()
        .list_users(ListUsersRequest::default())
        .await
        .unwrap();
    users
        .into_inner()
        .users
        .into_iter()
        .map(|user| user.email)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_has_a_name_and_an_email_that_nobody_else_has() {
    let server = TestServer::start().await;
    let client = john(&server);
    let made = create(&client, " Ann Lee ", "Ann@Example.com").await.unwrap();
    assert_eq!(
        (made.full_name.as_str(), made.email.as_str()),
        ("Ann Lee", "Ann@Example.com")
    );
    let request = GetUserRequest { id: made.id.clone() };
    let read = client.users.clone().get_user(request).await.unwrap().into_inner();
    assert_eq!(read, made);

    let refused = create(&client, "Ann", "ann@example.COM").await.unwrap_err();
    assert_eq!(refused.code(), Code::AlreadyExists);
    assert_eq!(reason(&refused), ("NAME_TAKEN".to_owned(), made.id));
    let refused = create(&client, "", "no address").await.unwrap_err();
    assert_eq!(wrong_paths(&refused), ["user.email", "user.full_name"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deactivated_user_is_not_listed_but_stays_where_it_is_referred_to() {
    let server = TestServer::start().await;
    let client = john(&server);
    let mine = people(&server.grpc_as(fixture::WRITE_KEY))
        .create(&json!({}))
        .await
        .unwrap();
    assert_eq!(mine["createdBy"]["id"], fixture::JANE);
    let body = json!({
        "groups": [{"id": fixture::FRIENDS}],
        "customFieldValues": {fixture::FRIENDS: {"Assignee": [{"id": fixture::JANE}]}},
    });
    let assigned = people(&client).create(&body).await.unwrap();
    assert!(listed(&client).await.contains(&"jane@example.com".to_owned()));

    let request = || DeactivateUserRequest {
        id: fixture::JANE.to_owned(),
    };
    let jane = client
        .admin
        .clone()
        .deactivate_user(request())
        .await
        .unwrap()
        .into_inner();
    assert_eq!(jane.email, "jane@example.com");
    assert!(!listed(&client).await.contains(&jane.email));
    let get = GetUserRequest { id: jane.id.clone() };
    assert_eq!(
        client.users.clone().get_user(get).await.unwrap().into_inner(),
        jane
    );
    for (person, shown) in [(&mine, "createdBy"), (&assigned, "customFieldValues")] {
        let now = people(&client).get(person["id"].as_str().unwrap()).await.unwrap();
        assert_eq!(now[shown], person[shown]);
    }
    // Once more is no mistake, and the first time stays.
    let at = "SELECT deactivated_at::text FROM users WHERE email_key = 'jane@example.com'";
    let first = server.database.text(at).await;
    client.admin.clone().deactivate_user(request()).await.unwrap();
    assert_eq!(server.database.text(at).await, first);

    let refused = create(&client, "Jane Roe", "JANE@example.com").await.unwrap_err();
    assert_eq!(
        reason(&refused),
        ("NAME_TAKEN".to_owned(), fixture::JANE.to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_deactivates_themselves() {
    let server = TestServer::start().await;
    let client = john(&server);
    let request = DeactivateUserRequest {
        id: fixture::JOHN.to_owned(),
    };
    let refused = client.admin.clone().deactivate_user(request).await.unwrap_err();
    assert_eq!(wrong_paths(&refused), ["id"]);
    assert!(listed(&client).await.contains(&"john.doe@example.com".to_owned()));
}
