//! API keys are made, listed and revoked.

use std::time::{Duration, Instant};

use prost_types::Timestamp;
use proto::v1::api_key::Scope;
use proto::v1::{
    ApiKey, CreateApiKeyRequest, DeactivateUserRequest, GetUserRequest, ListApiKeysRequest,
    RevokeApiKeyRequest,
};
use tests::{GrpcClient, TestServer, fixture};
use tonic::{Code, Status};

use super::set_up::admin;
use super::{john, wrong_paths};

/// The second in which a key ends, and some for a slow machine.
const PATIENCE: Duration = Duration::from_millis(1500);

async fn create(client: &GrpcClient, key: ApiKey) -> Result<ApiKey, Status> {
    let request = CreateApiKeyRequest {
        api_key: Some(key),
        validate_only: false,
    };
    Ok(client.admin.clone().create_api_key(request).await?.into_inner())
}

fn key(user_id: &str, scope: Scope) -> ApiKey {
    ApiKey {
        name: "a test".to_owned(),
        user_id: user_id.to_owned(),
        scope: scope.into(),
        ..ApiKey::default()
    }
}

async fn me(client: &GrpcClient) -> Result<String, Code> {
    let request = GetUserRequest { id: "me".to_owned() };
    let user = client
        .users
        .clone()
        .get_user(request)
        .await
        .map_err(|status| status.code())?;
    Ok(user.into_inner().id)
}

/// Waits until the key is refused, which must be soon.
async fn ends(client: &GrpcClient) {
    let since = Instant::now();
    while me(client).await != Err(Code::Unauthenticated) {
        assert!(since.elapsed() < PATIENCE, "the key is still good");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_the_workspace_as_its_user_until_it_is_revoked() {
    let server = TestServer::start().await;
    let client = john(&server);
    let made = create(&client, key(fixture::JANE, Scope::Write)).await.unwrap();
    let theirs = server.grpc_as(&made.secret);
    assert_eq!(me(&theirs).await, Ok(fixture::JANE.to_owned()));
    let own = create(&client, key("", Scope::Read)).await.unwrap();
    assert_eq!(own.user_id, fixture::JOHN);

    let stored = "SELECT count(*) FROM api_keys k WHERE k::text LIKE '%' || $secret$SECRET$secret$ || '%'";
    assert_eq!(
        server
            .database
            .number(&stored.replace("SECRET", &made.secret))
            .await,
        0
    );

    let request = || RevokeApiKeyRequest { id: made.id.clone() };
    let revoked = client
        .admin
        .clone()
        .revoke_api_key(request())
        .await
        .unwrap()
        .into_inner();
    assert!(revoked.revoke_time.is_some() && revoked.secret.is_empty());
    ends(&theirs).await;
    assert_eq!(
        me(&server.grpc_as(&own.secret)).await,
        Ok(fixture::JOHN.to_owned())
    );
    let again = client
        .admin
        .clone()
        .revoke_api_key(request())
        .await
        .unwrap()
        .into_inner();
    assert_eq!(again, revoked, "the first time stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_a_deactivated_user_end_and_there_are_no_new_ones() {
    let server = TestServer::start().await;
    let client = john(&server);
    let theirs = server.grpc_as(fixture::READ_KEY);
    assert!(me(&theirs).await.is_ok());
    let request = DeactivateUserRequest {
        id: fixture::JANE.to_owned(),
    };
    client.admin.clone().deactivate_user(request).await.unwrap();
    ends(&theirs).await;
    let refused = create(&client, key(fixture::JANE, Scope::Read))
        .await
        .unwrap_err();
    assert_eq!(wrong_paths(&refused), ["api_key.user_id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_revoked_on_the_command_line_ends_too() {
    let server = TestServer::start().await;
    let place = ["--workspace", "Demo"];
    let made = [
        "key",
        "create",
        "--user",
        fixture::JANE,
        "--name",
        "x",
        "--scope",
        "read",
    ];
    let made = admin(&server.database, &[&made[..], &place].concat()).await;
    let theirs = server.grpc_as(made["secret"].as_str().unwrap());
    assert!(me(&theirs).await.is_ok());
    let id = made["id"].as_str().unwrap();
    let revoked = admin(&server.database, &[&["key", "revoke", id][..], &place].concat()).await;
    assert!(revoked["revokedAt"].is_string(), "{revoked}");
    ends(&theirs).await;
    let all = admin(&server.database, &[&["key", "list"][..], &place].concat()).await;
    assert!(
        all.as_array()
            .unwrap()
            .iter()
            .all(|key| key.get("secret").is_none())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_ends_by_itself() {
    let server = TestServer::start().await;
    let client = john(&server);
    let in_a_moment = std::time::SystemTime::now() + Duration::from_secs(2);
    let expiring = ApiKey {
        expire_time: Some(Timestamp::from(in_a_moment)),
        ..key(fixture::JANE, Scope::Read)
    };
    let made = create(&client, expiring).await.unwrap();
    let theirs = server.grpc_as(&made.secret);
    assert!(me(&theirs).await.is_ok());
    tokio::time::sleep(Duration::from_secs(2)).await;
    ends(&theirs).await;

    let past = ApiKey {
        expire_time: Some(Timestamp { seconds: 1, nanos: 0 }),
        name: String::new(),
        ..key("usr_00000000-0000-7000-8000-000000000000", Scope::Unspecified)
    };
    let refused = create(&client, past).await.unwrap_err();
    assert_eq!(
        wrong_paths(&refused),
        ["api_key.expire_time", "api_key.name", "api_key.scope"]
    );
    let of_nobody = key("usr_00000000-0000-7000-8000-000000000000", Scope::Read);
    assert_eq!(
        wrong_paths(&create(&client, of_nobody).await.unwrap_err()),
        ["api_key.user_id"]
    );
    let of_another = key(fixture::OTHER_USER, Scope::Read);
    assert_eq!(
        wrong_paths(&create(&client, of_another).await.unwrap_err()),
        ["api_key.user_id"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_listed_page_by_page_without_their_secrets() {
    let server = TestServer::start().await;
    let client = john(&server);
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(create(&client, key("", Scope::Read)).await.unwrap().id);
    }
    let mut seen = Vec::new();
    let mut page_token = String::new();
    loop {
        let request = ListApiKeysRequest {
            page_size: 2,
            page_token,
        };
        let page = client
            .admin
            .clone()
            .list_api_keys(request)
            .await
            .unwrap()
            .into_inner();
        assert!(page.api_keys.len() <= 2);
        assert!(
            page.api_keys
                .iter()
                .all(|key| key.secret.is_empty() && key.create_time.is_some())
        );
        seen.extend(page.api_keys.into_iter().map(|key| key.id));
        if page.next_page_token.is_empty() {
            break;
        }
        page_token = page.next_page_token;
    }
    // The demo's, the four of the fixture, and these.
    assert_eq!(seen.len(), 8);
    assert!(made.iter().all(|id| seen.contains(id)));
    assert!(seen.is_sorted());
    let request = ListApiKeysRequest {
        page_size: -1,
        page_token: "mine".to_owned(),
    };
    let refused = client.admin.clone().list_api_keys(request).await.unwrap_err();
    assert_eq!(wrong_paths(&refused), ["page_size", "page_token"]);
}
