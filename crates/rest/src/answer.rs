//! Answers that tell of success.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;
use tonic::metadata::MetadataMap;

use crate::call::{Call, Failure};
use crate::error::Error;

/// What the core says of the caller's rate limit.
const RATE_LIMIT: [HeaderName; 3] = [
    HeaderName::from_static("x-ratelimit-limit"),
    HeaderName::from_static("x-ratelimit-remaining"),
    HeaderName::from_static("x-ratelimit-reset"),
];

/// What the core says beside every answer.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    /// The rate limit headers; none when the limit is off.
    pub(crate) rate_limit: HeaderMap,
    /// What was addressed by a former name.
    pub(crate) deprecations: Vec<String>,
}

impl Remarks {
    /// Reads the metadata of an answer or an error.
    pub(crate) fn of(metadata: &MetadataMap) -> Self {
        let mut rate_limit = HeaderMap::new();
        for name in RATE_LIMIT {
            if let Some(value) = metadata.as_ref().get(&name) {
                rate_limit.insert(name, value.clone());
            }
        }
        let deprecations = metadata
            .get_all_bin("deprecation-bin")
            .iter()
            .filter_map(|value| String::from_utf8(value.to_bytes().ok()?.to_vec()).ok())
            .collect();
        Self {
            rate_limit,
            deprecations,
        }
    }
}

#[derive(Serialize)]
struct IdJson<'a> {
    id: &'a str,
}

/// The answer that a record is gone: its id.
pub(crate) fn deleted(call: &Call, id: &str, remarks: Remarks) -> Result<Response, Failure> {
    success(call, &IdJson { id }, remarks)
}

/// Of an answer, in bytes: enough for most records.
const USUAL_SIZE: usize = 4 * 1024;
/// Of each of many records, in bytes: enough for most pages, which would otherwise be moved several times as they grow.
const USUAL_ENTRY: usize = 2 * 1024;
/// What is given to many records at first, in bytes: some kinds are small, and refused ones of a batch are.
const MOST_AT_FIRST: usize = 256 * 1024;

#[derive(Serialize)]
struct Envelope<'a, T> {
    data: &'a T,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    deprecations: Vec<String>,
}

/// An answer with these data.
pub(crate) fn success<T: Serialize>(call: &Call, data: &T, remarks: Remarks) -> Result<Response, Failure> {
    answer(call, data, remarks, USUAL_SIZE)
}

/// An answer with so many records.
pub(crate) fn success_of_many<T: Serialize>(
    call: &Call,
    data: &T,
    count: usize,
    remarks: Remarks,
) -> Result<Response, Failure> {
    answer(
        call,
        data,
        remarks,
        (count * USUAL_ENTRY).clamp(USUAL_SIZE, MOST_AT_FIRST),
    )
}

fn answer<T: Serialize>(call: &Call, data: &T, remarks: Remarks, size: usize) -> Result<Response, Failure> {
    let mut deprecations = remarks.deprecations;
    deprecations.extend(call.version().deprecation().map(str::to_owned));
    let mut body = Vec::with_capacity(size);
    serde_json::to_writer(&mut body, &Envelope { data, deprecations })
        .map_err(|_| Failure::Core(Error::internal("an answer cannot be written as JSON")))?;

    let mut response = Response::new(Body::from(body));
    *response.headers_mut() = remarks.rate_limit;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
