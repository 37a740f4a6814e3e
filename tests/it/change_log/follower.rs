//! One who reads the change log.

use proto::v1::change::Operation;
use proto::v1::{Change, EntityType, ListChangesRequest};
use std::time::Duration;

use tests::fixture::READ_KEY;
use tests::{GrpcClient, TestServer};

/// How long a change may take to show up: other tests' transactions share the cluster, and those that run hold it back.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Follower {
    client: GrpcClient,
    pub(super) position: String,
    page_size: i32,
}

impl Follower {
    /// One who begins with the first change.
    pub(super) fn new(server: &TestServer, key: &str, page_size: i32) -> Self {
        Self::of(server.grpc_as(key), page_size)
    }

    /// The same with a client of its own.
    pub(crate) fn of(client: GrpcClient, page_size: i32) -> Self {
        Self {
            client,
            position: String::new(),
            page_size,
        }
    }

    /// The next page.
    pub(crate) async fn page(&mut self) -> Vec<Change> {
        let request = ListChangesRequest {
            page_size: self.page_size,
            after: self.position.clone(),
        };
        let answer = self
            .client
            .changes
            .list_changes(request)
            .await
            .unwrap()
            .into_inner();
        let expected = answer
            .changes
            .last()
            .map_or(&self.position, |last| &last.position);
        assert_eq!(answer.position, *expected);
        self.position = answer.position;
        answer.changes
    }

    /// Reads on until a change fits.
    pub(super) async fn until(&mut self, mut fits: impl FnMut(&Change) -> bool) -> Vec<Change> {
        let mut all = Vec::new();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let page = self.page().await;
            let found = page.iter().any(&mut fits);
            let empty = page.is_empty();
            all.extend(page);
            if found {
                return all;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "it does not show up after {} others",
                all.len()
            );
            if empty {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }

    /// Reads on to the deletion of this record.
    pub(crate) async fn until_deleted(&mut self, id: &str) -> Vec<Change> {
        self.until(|change| change.entity_id == id && change.operation() == Operation::Delete)
            .await
    }
}

/// What the log tells of a record, up to the last change of this kind of it.
pub(crate) async fn changes_of(server: &TestServer, id: &str, up_to: Operation) -> Vec<Change> {
    let mut follower = Follower::new(server, READ_KEY, 1000);
    let all = follower
        .until(|change| change.entity_id == id && change.operation() == up_to)
        .await;
    all.into_iter().filter(|change| change.entity_id == id).collect()
}

/// What a change says, in short.
pub(crate) fn short(change: &Change) -> (EntityType, String, Operation) {
    (change.entity_type(), change.entity_id.clone(), change.operation())
}
