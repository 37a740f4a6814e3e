//! What operators and their machines ask: figures for Prometheus, and whether the program lives and is ready. On a
//! listener of its own, which the public should not reach.

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use grpc::Health;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use persistence::Database;

/// Bounds of durations in seconds, from a statement on an idle machine to a call that gives up.
const SECONDS: [f64; 13] = [
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// Bounds of how many jobs went together.
const JOBS: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];

/// How often figures that nobody asks for are tidied up, so that their memory stays bounded.
const UPKEEP: Duration = Duration::from_secs(5);

/// Begins to collect figures; once in a program.
///
/// # Errors
/// Somebody has begun before.
pub(crate) fn collect() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&SECONDS)?
        .set_buckets_for_metric(Matcher::Full(grpc::GATHERED.to_owned()), &JOBS)?
        .install_recorder()?;
    describe_histogram!(
        grpc::CALL_DURATION,
        Unit::Seconds,
        "Calls of the core, by method and code"
    );
    describe_histogram!(
        rest::REQUEST_DURATION,
        Unit::Seconds,
        "Requests over REST, by route and status"
    );
    describe_histogram!(
        persistence::STATEMENT_DURATION,
        Unit::Seconds,
        "Statements, by outcome"
    );
    describe_histogram!(
        persistence::POOL_WAIT,
        Unit::Seconds,
        "Waits for a connection to the database"
    );
    describe_counter!(
        grpc::REFUSED,
        "Calls of the core that were refused because there were too many"
    );
    describe_counter!(
        rest::REFUSED,
        "Requests over REST that were refused because there were too many"
    );
    describe_counter!(grpc::CACHE_REQUESTS, "Questions to a cache, by cache");
    describe_counter!(
        grpc::CACHE_MISSES,
        "Questions that a cache passed on to the database, by cache"
    );
    describe_gauge!(
        "people_database_connections",
        "Connections to the database, by what they do"
    );
    describe_histogram!(
        grpc::GATHERED,
        Unit::Count,
        "Calls that went to the database together, by work"
    );
    describe_gauge!(grpc::WAITING, "Calls that wait to go together, by work");
    describe_gauge!("people_database_waiting", "Calls that wait for a connection");
    Ok(handle)
}

/// `/metrics`, `/healthz` and `/readyz` of a program that has the core.
pub(crate) fn routes(handle: PrometheusHandle, health: Health, database: Database) -> Router {
    tidy(handle.clone());
    let render = move || {
        let pool = database.pool_state();
        gauge!("people_database_connections", "state" => "busy").set(f64::from(pool.busy));
        gauge!("people_database_connections", "state" => "idle").set(f64::from(pool.idle));
        gauge!("people_database_waiting").set(f64::from(pool.waiting));
        let text = handle.render();
        async move { text }
    };
    let ready = move || {
        let answer = if health.is_serving() {
            (StatusCode::OK, "ready\n")
        } else {
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "not ready: the database does not answer, or the program is stopping\n",
            )
        };
        async move { answer }
    };
    Router::new()
        .route("/metrics", get(render))
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
}

/// The same of a facade alone: whether its core is ready is for the core to say.
pub(crate) fn facade_routes(handle: PrometheusHandle) -> Router {
    tidy(handle.clone());
    let render = move || {
        let text = handle.render();
        async move { text }
    };
    Router::new()
        .route("/metrics", get(render))
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(async || "ready\n"))
}

fn tidy(handle: PrometheusHandle) {
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            handle.run_upkeep();
        }
    });
}
