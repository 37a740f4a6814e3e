//! The figures for Prometheus.

use proto::v1::GetPersonRequest;
use tests::fixture::{BOB, KEY};
use tests::{Program, RestClient, TestDatabase, TestServer, command};

const ON: (&str, &str) = ("PEOPLE_METRICS_ADDR", "127.0.0.1:0");
/// A word that nothing but a request has.
const MARKED: &str = "quagga";

/// The value of the line that begins with this.
fn value(page: &str, series: &str) -> f64 {
    let line = page.lines().find_map(|line| line.strip_prefix(series));
    let value = line.unwrap_or_else(|| panic!("{series} in {page}"));
    value.trim().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_statements_and_caches_are_counted_without_a_word_of_what_they_hold() {
    let server = TestServer::start_with(TestDatabase::new().await, &[ON]).await;
    let rest = server.rest();
    let body = format!(r#"{{"firstName": "{MARKED}", "emails": ["{MARKED}@example.com"]}}"#);
    assert_eq!(rest.send("POST", "/v1/people", body).await.status, 200);
    assert_eq!(
        rest.send("GET", &format!("/v1/people/{BOB}"), "").await.status,
        200
    );
    let wrong_id = rest.send("GET", &format!("/v1/people/{MARKED}"), "").await;
    assert!(wrong_id.status.is_client_error(), "{}", wrong_id.text);
    assert_eq!(
        rest.send("GET", &format!("/{MARKED}?{MARKED}"), "").await.status,
        404
    );
    assert_eq!(
        rest.send(&MARKED.to_uppercase(), "/v1/people", "").await.status,
        405
    );
    let mut people = server.grpc_as(KEY).people;
    let request = GetPersonRequest {
        id: MARKED.to_owned(),
    };
    people.get_person(request).await.unwrap_err();

    let page = server.operator().send("GET", "/metrics", "").await.text;
    for series in [
        r#"people_rest_request_duration_seconds_count{method="POST",route="/v1/people",status="200"}"#,
        r#"people_rest_request_duration_seconds_count{method="GET",route="/v1/people/{personId}",status="200"}"#,
        r#"people_rest_request_duration_seconds_count{method="unknown",route="/v1/people",status="405"}"#,
        r#"people_rest_request_duration_seconds_count{method="unknown",route="unknown",status="404"}"#,
        r#"people_grpc_call_duration_seconds_count{method="PeopleService/CreatePerson",code="Ok"}"#,
        r#"people_database_statement_duration_seconds_count{outcome="ok"}"#,
        "people_database_pool_wait_seconds_count",
        r#"people_cache_requests_total{cache="api_keys"}"#,
        r#"people_cache_misses_total{cache="api_keys"}"#,
        r#"people_cache_requests_total{cache="definitions"}"#,
        r#"people_cache_misses_total{cache="definitions"}"#,
    ] {
        assert!(value(&page, series) >= 1.0, "{series} in {page}");
    }
    for cache in ["api_keys", "definitions"] {
        let of = |figure: &str| {
            value(
                &page,
                &format!("people_cache_{figure}_total{{cache=\"{cache}\"}}"),
            )
        };
        assert!(of("misses") <= of("requests"), "{page}");
    }
    for secret in [MARKED, &MARKED.to_uppercase(), BOB, KEY] {
        assert!(!page.contains(secret), "{secret} in {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_facade_alone_has_its_figures_too() {
    let mut serve = command("postgres://nobody@127.0.0.1:1/nothing");
    serve
        .args(["serve", "rest", "--upstream", "http://127.0.0.1:1"])
        .env(ON.0, ON.1)
        .env("PEOPLE_LOG", "off");
    let program = Program::start(serve).await;
    let client = |address| RestClient {
        address,
        key: KEY.to_owned(),
    };
    let refused = client(program.rest())
        .send("GET", &format!("/v1/people/{BOB}"), "")
        .await;
    assert_eq!(refused.status, 503);
    let page = client(program.operator()).send("GET", "/metrics", "").await.text;
    assert!(page.contains(r#"status="503""#), "{page}");
    assert_eq!(
        client(program.operator()).send("GET", "/readyz", "").await.text,
        "ready\n"
    );
}
