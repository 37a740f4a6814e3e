//! Traces: one from the caller's own through every layer to the statements, at a collector of the test's.

use std::collections::BTreeSet;

use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use proto::v1::GetPersonRequest;
use tests::fixture::{BOB, KEY};
use tests::{Collector, GrpcClient, Program, RestClient, TestDatabase, TestServer, command};
use tokio::net::TcpListener;
use tonic::Request;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";
const GET: &str = "GET /v1/people/{personId}";
const CALL: &str = "grpc.PeopleService/GetPerson";
/// Spans are sent after this many milliseconds.
const SOON: (&str, &str) = ("OTEL_BSP_SCHEDULE_DELAY", "20");

fn traceparent(flags: &str) -> String {
    format!("00-{TRACE}-{CALLER}-{flags}")
}

async fn get(address: std::net::SocketAddr, traceparent: &str) {
    let client = RestClient {
        address,
        key: KEY.to_owned(),
    };
    let headers = [("traceparent", traceparent), ("x-request-id", BOB_REQUEST)];
    let path = format!("/v1/people/{BOB}");
    let answer = client.send_with("GET", &path, &headers, "").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

const BOB_REQUEST: &str = "ed110a47-5d09-43bf-b2e2-791d8231eb5f";

/// The one span of this name.
fn named<'a>(spans: &'a [Span], name: &str) -> &'a Span {
    let found: Vec<_> = spans.iter().filter(|span| span.name == name).collect();
    match found[..] {
        [span] => span,
        _ => panic!("{name}: {found:?} of {spans:?}"),
    }
}

fn is_within(spans: &[Span], span: &Span, outer: &Span) -> bool {
    let mut parent = &span.parent_span_id;
    while let Some(next) = spans.iter().find(|span| span.span_id == *parent) {
        if next.span_id == outer.span_id {
            return true;
        }
        parent = &next.parent_span_id;
    }
    false
}

fn attribute(span: &Span, key: &str) -> String {
    let attribute = span.attributes.iter().find(|attribute| attribute.key == key);
    let value = attribute
        .unwrap_or_else(|| panic!("{key} in {span:?}"))
        .value
        .as_ref();
    match value.and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        other => panic!("{key} is {other:?}"),
    }
}

fn statements<'a>(spans: &'a [Span], within: &Span) -> Vec<&'a str> {
    let database = |span: &&Span| span.attributes.iter().any(|one| one.key == "db.system.name");
    let within = |span: &&Span| is_within(spans, span, within);
    let statements = spans.iter().filter(database).filter(within);
    statements.map(|span| span.name.as_str()).collect()
}

/// The call is within the request, and the statement within the call.
fn hang_together(spans: &[Span]) {
    let (request, call) = (named(spans, GET), named(spans, CALL));
    assert_eq!(
        request.parent_span_id,
        [0, 0xf0, 0x67, 0xaa, 0x0b, 0xa9, 0x02, 0xb7]
    );
    assert_eq!(attribute(request, "http.response.status_code"), "200");
    assert_eq!(attribute(request, "http.route"), "/v1/people/{personId}");
    for span in [request, call] {
        assert_eq!(attribute(span, "request.id"), BOB_REQUEST);
    }
    assert!(is_within(spans, call, request), "{spans:?}");
    let statements = statements(spans, call);
    assert!(
        statements.iter().any(|name| name.contains("person_companies")),
        "{statements:?} of {spans:?}"
    );
    assert!(spans.iter().any(|span| span.name == "db.connection"), "{spans:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_trace_leads_from_the_callers_own_through_the_request_and_the_call_to_the_statements() {
    let collector = Collector::start().await;
    let (url, database) = (collector.url(), TestDatabase::new().await);
    // The variable of OpenTelemetry itself will do.
    let settings = [("OTEL_EXPORTER_OTLP_ENDPOINT", url.as_str()), SOON];
    let server = TestServer::start_with(database, &settings).await;
    get(server.rest, &traceparent("01")).await;
    hang_together(&collector.when_ended(TRACE, GET).await);
    assert!(collector.text().contains("\"people\""), "the name of the service");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_facade_hands_the_trace_on_to_a_core_elsewhere() {
    let (collector, database) = (Collector::start().await, TestDatabase::new().await);
    let traced = |arguments: &[&str]| {
        let mut serve = command(database.url());
        serve
            .arg("serve")
            .args(arguments)
            .env("PEOPLE_OTLP_ENDPOINT", collector.url())
            .env(SOON.0, SOON.1);
        serve
    };
    let core = Program::start(traced(&["grpc"])).await;
    let upstream = format!("http://{}", core.grpc());
    let facade = Program::start(traced(&["rest", "--upstream", &upstream])).await;
    get(facade.rest(), &traceparent("01")).await;
    collector.when_ended(TRACE, CALL).await;
    hang_together(&collector.when_ended(TRACE, GET).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn grpc_callers_are_heard_too_and_a_failure_is_seen() {
    let collector = Collector::start().await;
    let (url, database) = (collector.url(), TestDatabase::new().await);
    let server = TestServer::start_with(database, &[("PEOPLE_OTLP_ENDPOINT", url.as_str()), SOON]).await;
    let mut people = GrpcClient::new(server.grpc, KEY).people;
    let mut request = Request::new(GetPersonRequest {
        id: "per_1".to_owned(),
    });
    let parent = traceparent("01").parse().unwrap();
    request.metadata_mut().insert("traceparent", parent);
    let status = people.get_person(request).await.unwrap_err();
    let spans = collector.when_ended(TRACE, CALL).await;
    let call = named(&spans, CALL);
    assert_eq!(attribute(call, "code"), format!("{:?}", status.code()));
    let fault = call
        .status
        .as_ref()
        .is_some_and(|status| status.code() == StatusCode::Error);
    assert!(!fault, "a caller's mistake is none of the service's");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_no_trace_gets_none_and_the_last_spans_are_sent_at_the_end() {
    let collector = Collector::start().await;
    let (url, database) = (collector.url(), TestDatabase::new().await);
    let late = ("OTEL_BSP_SCHEDULE_DELAY", "3600000");
    let server = TestServer::start_with(database, &[("PEOPLE_OTLP_ENDPOINT", url.as_str()), late]).await;
    get(server.rest, &traceparent("00")).await;
    let other = TRACE.replace("4bf9", "5bf9");
    get(server.rest, &format!("00-{other}-{CALLER}-01")).await;
    server.stop().await;
    assert_eq!(collector.spans(TRACE), []);
    named(&collector.spans(&other), GET);
    assert_eq!(
        collector.traces(),
        BTreeSet::from([other]),
        "nothing else is traced"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_gone_or_hangs_troubles_nobody() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hanging = format!("http://{}", silent.local_addr().unwrap());
    for endpoint in ["http://127.0.0.1:1", &hanging] {
        let settings = [("PEOPLE_OTLP_ENDPOINT", endpoint), SOON, ("PEOPLE_LOG", "off")];
        let server = TestServer::start_with(TestDatabase::new().await, &settings).await;
        for _ in 0..20 {
            get(server.rest, &traceparent("01")).await;
        }
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_go_together_point_to_one_another() {
    let collector = Collector::start().await;
    let (url, database) = (collector.url(), TestDatabase::new().await);
    let settings = [
        ("PEOPLE_OTLP_ENDPOINT", url.as_str()),
        SOON,
        ("PEOPLE_RATE_LIMIT", "0"),
    ];
    let server = TestServer::start_with(database, &settings).await;
    // Many at once, so that some meet.
    let mut linked = 0;
    for _ in 0..20 {
        let gets = (0..32).map(|_| async { get(server.rest, &traceparent("01")).await });
        futures_util::future::join_all(gets).await;
        let spans = collector.when_ended(TRACE, GET).await;
        let together = spans.iter().filter(|span| span.name == "together");
        linked = together.map(|span| span.links.len()).max().unwrap_or_default();
        if linked > 1 {
            break;
        }
    }
    assert!(linked > 1, "a batch of several calls has a link to each");
}
