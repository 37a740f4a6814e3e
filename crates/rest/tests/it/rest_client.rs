//! Sends requests to the facade without a socket.

use axum::body::Body;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use rest::Settings;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::fake_core::{AUTHORIZATION, FakeCore};

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The status, and the code in the envelope of an error.
    pub(crate) fn error(&self) -> (u16, String) {
        (
            self.status.as_u16(),
            self.json()["error"]["code"].as_str().unwrap().to_owned(),
        )
    }

    /// Where the issues are, in their order.
    pub(crate) fn issue_paths(&self) -> Value {
        let issues = self.issues();
        let paths = issues.as_array().unwrap().iter().map(|one| one["path"].clone());
        paths.collect()
    }

    pub(crate) fn issues(&self) -> Value {
        self.json()["error"]["details"]["issues"].clone()
    }
}

pub(crate) fn settings() -> Settings {
    Settings::new("https://crm.test/")
}

/// Sends one request with the good key unless the headers hold another.
pub(crate) async fn send(
    core: &FakeCore,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    send_with(
        core,
        settings(),
        method,
        path,
        headers,
        body.to_owned().into_bytes(),
    )
    .await
}

pub(crate) async fn send_with(
    core: &FakeCore,
    settings: Settings,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "authorization") {
        request = request.header("authorization", AUTHORIZATION);
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let router = rest::router(core.connect(), settings);
    let response = router
        .oneshot(request.body(Body::from(body)).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// Creates a person with the good key.
pub(crate) async fn create(core: &FakeCore, body: &str) -> Answer {
    send(core, "POST", "/v1/people", &[], body).await
}
