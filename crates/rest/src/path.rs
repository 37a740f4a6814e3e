//! Parts of paths.

use http::Uri;
use percent_encoding::percent_decode_str;

/// A segment of a path, decoded; the one after the first slash is 0.
pub(crate) fn segment(uri: &Uri, place: usize) -> String {
    decode(uri.path().split('/').nth(place + 1).unwrap_or_default())
}

/// Several segments of a path.
pub(crate) fn segments<const N: usize>(uri: &Uri, places: [usize; N]) -> [String; N] {
    places.map(|place| segment(uri, place))
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

#[cfg(test)]
mod tests {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_segment_of_any_text_is_read_as_it_was_meant(text: String, id in "[a-z_]{1,40}") {
            let encoded = utf8_percent_encode(&text, NON_ALPHANUMERIC);
            let uri: Uri = format!("/v1/groups/grp_1/{encoded}/{id}?x=/y").parse().unwrap();
            prop_assert_eq!(segments(&uri, [2, 3]), ["grp_1".to_owned(), text]);
            prop_assert_eq!(super::id(&uri), id);
        }
    }
}
