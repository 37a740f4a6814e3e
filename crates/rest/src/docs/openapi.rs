//! The OpenAPI document.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;

/// Written by hand; the tests hold it against the running service.
const DOCUMENT: &str = include_str!("../../openapi.json");

/// Stands in the document for the address of the service.
const PLACEHOLDER: &str = "https://people.example";

/// The document of a service at this address.
pub(super) fn document(base_url: &str) -> Bytes {
    // The place is inside of JSON strings.
    let quoted = serde_json::Value::from(base_url).to_string();
    Bytes::from(DOCUMENT.replace(PLACEHOLDER, quoted.trim_matches('"')))
}

pub(super) fn answer(document: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_the_address_of_the_service() {
        let document: serde_json::Value = serde_json::from_slice(&document("https://crm.test/a")).unwrap();
        assert_eq!(document["servers"][0]["url"], "https://crm.test/a");
        assert!(!document.to_string().contains(PLACEHOLDER));
    }

    #[test]
    fn every_reference_points_to_something() {
        let document: serde_json::Value = serde_json::from_str(DOCUMENT).unwrap();
        let mut found = 0;
        for part in DOCUMENT.split("\"$ref\": \"#").skip(1) {
            let pointer = part.split('"').next().unwrap();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
            found += 1;
        }
        assert!(found > 20, "the references are written in another way");
    }
}
