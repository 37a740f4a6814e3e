//! Parts of paths.

use http::Uri;
use percent_encoding::percent_decode_str;

/// A segment of a path, decoded; the one after the first slash is 0. One that is not UTF-8 is handed on as it was sent,
/// and the core refuses it as it does every malformed id.
pub(crate) fn segment(uri: &Uri, place: usize) -> String {
    let raw = uri.path().split('/').nth(place + 1).unwrap_or_default();
    match percent_decode_str(raw).decode_utf8() {
        Ok(decoded) => decoded.into_owned(),
        Err(_) => raw.to_owned(),
    }
}

/// `{...}` in `/v1/<collection>/{...}`
pub(crate) fn id(uri: &Uri) -> String {
    segment(uri, 2)
}
