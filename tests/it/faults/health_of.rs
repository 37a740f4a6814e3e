//! What a service says of its health.

use std::time::Duration;

use tests::TestServer;
use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

/// Waits until the whole service says that it serves, or that it does not.
pub(super) async fn becomes(server: &TestServer, expected: ServingStatus) {
    let endpoint = Endpoint::from_shared(format!("http://{}", server.grpc)).unwrap();
    let mut client = HealthClient::new(endpoint.connect_lazy());
    for _ in 0..300 {
        let answer = client.check(HealthCheckRequest::default()).await.unwrap();
        if answer.into_inner().status() == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the service does not become {expected:?}");
}
