//! Sends a request through the whole facade.

use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;

/// What the facade says.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The body, where one is looked at.
    pub body: Value,
}

thread_local! {
    static FACADE: (Runtime, Router) = (
        Builder::new_current_thread().enable_time().build().expect("a runtime"),
        rest::router(crate::core::connect(), rest::Settings::new("http://localhost")),
    );
}

/// Sends a request, and holds the answer against what is true of each: it is JSON with either `data` or an `error`, and
/// never a failure of the service itself.
///
/// # Panics
/// If it is anything else.
pub fn send(request: Request<Vec<u8>>) -> Answer {
    let asked = format!("{} {}", request.method(), request.uri());
    FACADE.with(|(runtime, router)| {
        runtime.block_on(async {
            let response = router.clone().oneshot(request.map(Body::from)).await;
            let response = response.unwrap_or_else(|never| match never {});
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await.expect("a whole answer").to_bytes();
            let status = parts.status;
            assert!(
                status.as_u16() < 500,
                "{asked}: {status} {}",
                String::from_utf8_lossy(&bytes)
            );
            // The answer to HEAD has no body, and the documentation's is no JSON.
            if asked.starts_with("HEAD ") || !asked.contains(" /v1/") {
                return Answer {
                    status,
                    body: Value::Null,
                };
            }
            let body: Value = serde_json::from_slice(&bytes).expect("JSON");
            let part = if status.is_success() { "data" } else { "error" };
            assert!(body.get(part).is_some(), "{asked}: {status} {body}");
            Answer { status, body }
        })
    })
}
