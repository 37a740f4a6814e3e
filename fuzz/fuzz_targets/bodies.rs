//! Bodies of every operation that takes one: JSON to protobuf, the core's judgement of that, and either back to JSON.
//! The first byte says which operation it is.
#![no_main]

use std::sync::LazyLock;

use fuzz::{GROUP, send};
use http::{Method, Request};
use libfuzzer_sys::fuzz_target;

/// Every operation with a body, in a path that leads somewhere.
static OPERATIONS: LazyLock<Vec<(Method, String)>> = LazyLock::new(|| {
    let with_body = rest::operations()
        .into_iter()
        .filter(|(method, _)| method == Method::POST || method == Method::PATCH);
    let mut operations: Vec<_> = with_body.map(|(method, path)| (method, filled(path))).collect();
    operations.sort_by(|one, other| (&one.1, one.0.as_str()).cmp(&(&other.1, other.0.as_str())));
    operations
});

/// The path with ids of the right form.
fn filled(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment {
        "{groupId}" => GROUP,
        "{objectType}" => "Deals",
        "{entityType}" => "person",
        "{field}" => "Text",
        "{personId}" => "per_ed110a47-5d09-43bf-b2e2-791d8231eb5f",
        "{companyId}" => "com_92346499-30bf-4278-ae8e-4aa3ae2ace2c",
        "{objectId}" => "obj_0199a1c4-7a39-7c1e-9d52-3f6d1c2b8a70",
        other => other,
    });
    let path = segments.collect::<Vec<_>>().join("/");
    assert!(!path.contains('{'), "an unknown parameter in {path}");
    path
}

fuzz_target!(|input: &[u8]| {
    let Some((operation, body)) = input.split_first() else {
        return;
    };
    let (method, path) = &OPERATIONS[usize::from(*operation) % OPERATIONS.len()];
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .body(body.to_vec());
    let answer = send(request.expect("a request"));
    if serde_json::from_slice::<serde::de::IgnoredAny>(body).is_err() {
        assert_eq!(answer.status, 400, "no JSON, but {}", answer.body);
    }
});
