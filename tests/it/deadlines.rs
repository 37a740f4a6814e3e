//! What nobody waits for any more stops costing the database.

use std::time::Duration;

use futures_util::future::join_all;
use proto::v1::ListPeopleRequest;
use tests::fixture::KEY;
use tests::{Condition, Operand, Query, TestDatabase, TestServer};
use tokio_postgres::Client;
use tonic::{Code, Request};
use tonic_types::StatusExt as _;

const LONG: &[(&str, &str)] = &[
    ("PEOPLE_RATE_LIMIT", "0"),
    ("PEOPLE_DB_STATEMENT_TIMEOUT", "100s"),
    ("PEOPLE_REQUEST_TIMEOUT", "100s"),
    ("PEOPLE_DB_POOL_SIZE", "1"),
];

/// A server whose reads of people take for ever, and whose connection has done some.
async fn slow_server() -> (TestServer, Client) {
    let server = TestServer::start_with(TestDatabase::new().await, LONG).await;
    for api in server.both() {
        api.list(&Query::pages_of(1)).await.unwrap();
    }
    let client = server.database.connect().await;
    client
        .batch_execute("ALTER POLICY own_workspace ON people USING (pg_sleep(100) IS NOT NULL)")
        .await
        .unwrap();
    (server, client)
}

async fn running(client: &Client) -> i64 {
    let sql =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
    client.query_one(sql, &[]).await.unwrap().get(0)
}

/// Long before the statement would end by itself.
async fn until_running(client: &Client, count: i64) {
    for _ in 0..300 {
        if running(client).await == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{} statements run, not {count}", running(client).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_whose_caller_has_left_is_cancelled() {
    let (server, client) = slow_server().await;
    let rest = server.rest();
    let call = tokio::spawn(async move { rest.send("GET", "/v1/people", "").await });
    until_running(&client, 1).await;
    call.abort();
    until_running(&client, 0).await;

    let mut people = server.grpc_as(KEY).people;
    let call = tokio::spawn(async move { people.list_people(ListPeopleRequest::default()).await });
    until_running(&client, 1).await;
    call.abort();
    until_running(&client, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_of_a_call_ends_its_statement() {
    let (server, client) = slow_server().await;
    let mut people = server.grpc_as(KEY).people;
    let mut request = Request::new(ListPeopleRequest::default());
    request.set_timeout(Duration::from_secs(2));
    let call = tokio::spawn(async move { people.list_people(request).await });
    until_running(&client, 1).await;
    let status = call.await.unwrap().unwrap_err();
    // The client has a timer of its own, which may be the first.
    assert!(
        [Code::DeadlineExceeded, Code::Cancelled].contains(&status.code()),
        "{status:?}"
    );
    until_running(&client, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_read_together_have_the_time_of_as_many_statements() {
    let settings = [
        ("PEOPLE_RATE_LIMIT", "0"),
        ("PEOPLE_DB_STATEMENT_TIMEOUT", "2s"),
        ("PEOPLE_REQUEST_TIMEOUT", "60s"),
        ("PEOPLE_DB_POOL_SIZE", "1"),
    ];
    let server = TestServer::start_with(TestDatabase::new().await, &settings).await;
    let client = server.database.connect().await;
    client
        .batch_execute("ALTER POLICY own_workspace ON people USING (pg_sleep(0.5) IS NOT NULL)")
        .await
        .unwrap();
    // One goes at once, and those who wait for it go together.
    let rest = server.rest();
    let calls = (0..5).map(|_| rest.send("GET", "/v1/people", ""));
    for answer in join_all(calls).await {
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_takes_too_long_says_to_narrow_the_filter() {
    let short = [
        ("PEOPLE_RATE_LIMIT", "0"),
        ("PEOPLE_DB_STATEMENT_TIMEOUT", "300ms"),
    ];
    let server = TestServer::start_with(TestDatabase::new().await, &short).await;
    let client = server.database.connect().await;
    client
        .batch_execute("ALTER POLICY search ON people USING (pg_sleep(100) IS NOT NULL)")
        .await
        .unwrap();
    let query = Query::of(Condition::new("fullName", "not_like", &[Operand::text("o")]));

    let path = format!("/v1/people{}", query.to_query_string());
    let answer = server.rest().send("GET", &path, "").await;
    assert_eq!(answer.status, 503, "{}", answer.text);
    assert!(answer.text.contains("narrow"), "{}", answer.text);

    let request = ListPeopleRequest {
        filter: Some(query.to_proto()),
        ..ListPeopleRequest::default()
    };
    let mut people = server.grpc_as(KEY).people;
    let refused = people.list_people(request).await.unwrap_err();
    assert_eq!(refused.code(), Code::DeadlineExceeded);
    assert!(refused.message().contains("narrow"), "{}", refused.message());
    let details = refused.get_error_details();
    assert_eq!(details.error_info().unwrap().reason, "FILTER_TOO_BROAD");

    // Nothing of the search stays with the connection: a page without a filter is read as ever.
    people.list_people(ListPeopleRequest::default()).await.unwrap();
}
