//! Whether the service says truly how it is.

use std::time::Duration;

use tests::fixture::KEY;
use tests::{Refused, TestDatabase, TestServer};
use tonic::transport::{Channel, Endpoint};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

const SERVICES: [&str; 3] = ["", "people.v1.PeopleService", "people.v1.UsersService"];

async fn status(client: &mut HealthClient<Channel>, service: &str) -> ServingStatus {
    let request = HealthCheckRequest {
        service: service.to_owned(),
    };
    client.check(request).await.unwrap().into_inner().status()
}

/// Waits until every service says this. It follows within a second or two; a busy machine is given more.
async fn becomes(client: &mut HealthClient<Channel>, expected: ServingStatus) {
    for service in SERVICES {
        let mut tries = 0;
        while status(client, service).await != expected {
            tries += 1;
            assert!(tries < 300, "{service:?} does not become {expected:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_follows_the_database_and_so_do_the_answers() {
    let server = TestServer::start_with(TestDatabase::new().await, &[("PEOPLE_LOG", "off")]).await;
    let endpoint = Endpoint::from_shared(format!("http://{}", server.grpc)).unwrap();
    let mut client = HealthClient::new(endpoint.connect_lazy());
    for service in SERVICES {
        assert_eq!(
            status(&mut client, service).await,
            ServingStatus::Serving,
            "{service:?}"
        );
    }
    let name = server.database.text("SELECT current_database()::text").await;
    let other = TestDatabase::empty().await;
    let elsewhere = other.connect().await;

    let away = format!(
        "ALTER DATABASE {name} ALLOW_CONNECTIONS false; \
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    );
    elsewhere.batch_execute(&away).await.unwrap();
    becomes(&mut client, ServingStatus::NotServing).await;
    for api in server.both() {
        let refused = api.user("me").await.unwrap_err();
        assert_eq!(
            refused,
            Refused::with_code("SERVICE_UNAVAILABLE"),
            "{}",
            api.name()
        );
    }

    let back = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
    elsewhere.batch_execute(&back).await.unwrap();
    becomes(&mut client, ServingStatus::Serving).await;
    for api in server.both_as(KEY) {
        assert!(api.user("me").await.is_ok(), "{}", api.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_there_is_not_has_no_health() {
    let server = TestServer::start().await;
    let endpoint = Endpoint::from_shared(format!("http://{}", server.grpc)).unwrap();
    let mut client = HealthClient::new(endpoint.connect_lazy());
    let request = HealthCheckRequest {
        service: "people.v1.NoService".to_owned(),
    };
    let status = client.check(request).await.unwrap_err();
    assert_eq!(status.code(), tonic::Code::NotFound);
}

/// A stream on which nothing comes is no client that takes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn who_watches_is_not_given_up() {
    let settings = [("PEOPLE_RATE_LIMIT", "0"), ("PEOPLE_CLIENT_TIMEOUT", "300ms")];
    let server = TestServer::start_with(TestDatabase::new().await, &settings).await;
    let endpoint = Endpoint::from_shared(format!("http://{}", server.grpc)).unwrap();
    let mut client = HealthClient::new(endpoint.connect_lazy());
    let request = HealthCheckRequest {
        service: String::new(),
    };
    let mut watched = client.watch(request).await.unwrap().into_inner();
    assert!(watched.message().await.unwrap().is_some());
    let next = tokio::time::timeout(Duration::from_secs(2), watched.message()).await;
    assert!(next.is_err(), "{next:?}");
}
