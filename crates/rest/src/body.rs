//! Bodies of requests, within limits of size and time.

use std::time::Duration;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};
use http_body_util::BodyExt as _;

use crate::call::{Call, Failure};
use crate::error::Error;
use crate::json::{self, Json, ShapeIssues};

/// What is set aside before the first byte came, whatever length was announced.
const FIRST_CAPACITY: usize = 16 * 1024;

/// Reads a body of at most so many bytes: the fast way where that works, else the slow way, which reads what can be read
/// and finds everything that is wrong with the rest.
pub(crate) async fn read<T>(
    call: &Call,
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    fast: impl FnOnce(&str) -> Option<T>,
    slow: impl FnOnce(&Json<'_>, &mut ShapeIssues) -> T,
) -> Result<(T, ShapeIssues), Failure> {
    parse(&receive(call, headers, body, limit).await?, fast, slow)
}

/// Receives a body of at most so many bytes, which has to be JSON.
pub(crate) async fn receive(
    call: &Call,
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<Bytes, Failure> {
    receive_json(headers, body, limit, call.context().settings().timeout)
        .await
        .map_err(Failure::Own)
}

/// Reads a body that has arrived, as [`read`] does.
pub(crate) fn parse<T>(
    bytes: &[u8],
    fast: impl FnOnce(&str) -> Option<T>,
    slow: impl FnOnce(&Json<'_>, &mut ShapeIssues) -> T,
) -> Result<(T, ShapeIssues), Failure> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Failure::Own(Error::invalid_request("the body is not UTF-8")))?;
    let mut issues = ShapeIssues::default();
    if let Some(read) = fast(text) {
        return Ok((read, issues));
    }
    let tree = json::parse(text).map_err(|error| Failure::Own(Error::invalid_request(error.to_string())))?;
    let read = slow(&tree, &mut issues);
    Ok((read, issues))
}

/// Reads a body of the usual size, the slow way alone: for what is small or rare.
pub(crate) async fn read_slowly<T>(
    call: &Call,
    headers: &HeaderMap,
    body: Body,
    slow: impl FnOnce(&Json<'_>, &mut ShapeIssues) -> T,
) -> Result<(T, ShapeIssues), Failure> {
    let limit = call.context().settings().body_limit;
    read(call, headers, body, limit, |_| None, slow).await
}

/// Receives the body of a request that has to be JSON.
///
/// # Errors
/// 400 for another content type and for a body that breaks off or does not come, 413 for one over the limit.
async fn receive_json(headers: &HeaderMap, body: Body, limit: usize, time: Duration) -> Result<Bytes, Error> {
    expect_json(headers)?;
    let too_large = || Error::payload_too_large(limit);
    if content_length(headers).is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    match tokio::time::timeout(time, take(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(Broken::Transport)) => Err(Error::invalid_request("the body broke off")),
        Ok(Err(Broken::TooLarge)) => Err(too_large()),
        Err(_) => Err(Error::invalid_request(format!(
            "the body did not arrive within {} seconds",
            time.as_secs_f32()
        ))),
    }
}

/// Why a body was not received.
enum Broken {
    Transport,
    TooLarge,
}

async fn take(mut body: Body, limit: usize) -> Result<Bytes, Broken> {
    let mut received = BytesMut::with_capacity(FIRST_CAPACITY.min(limit));
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Broken::Transport)?.into_data() else {
            continue;
        };
        if received.len() + data.len() > limit {
            return Err(Broken::TooLarge);
        }
        received.extend_from_slice(&data);
    }
    Ok(received.freeze())
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Accepts `application/json`, its kin like `application/merge-patch+json`, and no content type at all.
fn expect_json(headers: &HeaderMap) -> Result<(), Error> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let essence = value
        .to_str()
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    let subtype = essence.to_ascii_lowercase();
    match subtype.strip_prefix("application/") {
        Some(name) if name == "json" || (name.ends_with("+json") && name.len() > "+json".len()) => Ok(()),
        Some(_) | None => Err(Error::invalid_request(
            "the body must be JSON: send the header Content-Type: application/json",
        )),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn accepts(content_type: &str) -> bool {
        let value = HeaderValue::from_str(content_type).unwrap();
        expect_json(&HeaderMap::from_iter([(header::CONTENT_TYPE, value)])).is_ok()
    }

    #[test]
    fn json_and_its_kin_are_accepted() {
        assert!(expect_json(&HeaderMap::new()).is_ok());
        for good in [
            "application/json",
            "Application/JSON ; charset=utf-8",
            "application/merge-patch+json",
        ] {
            assert!(accepts(good), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "text/json",
            "application/jsonp",
            "application/+json",
            "application/xml; a=+json",
        ] {
            assert!(!accepts(bad), "{bad}");
        }
    }
}
