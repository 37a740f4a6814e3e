//! Parts of paths.

use http::Uri;
use percent_encoding::percent_decode_str;

/// A segment of a path, decoded; the one after the first slash is 0.
pub(crate) fn segment(uri: &Uri, place: usize) -> String {
    decode(uri.path().split('/').nth(place + 1).unwrap_or_default())
}

/// The last segment, which is the id of a record where there is one.
pub(crate) fn id(uri: &Uri) -> String {
    decode(uri.path().rsplit('/').next().unwrap_or_default())
}

/// What is not UTF-8 is handed on as it was sent, and the core refuses it as it does every malformed id.
fn decode(raw: &str) -> String {
    match percent_decode_str(raw).decode_utf8() {
        Ok(decoded) => decoded.into_owned(),
        Err(_) => raw.to_owned(),
    }
}
