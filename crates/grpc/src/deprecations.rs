//! How an answer tells of former names.

use domain::Deprecations;
use tonic::Response;
use tonic::metadata::MetadataValue;

/// The metadata of each sentence; binary, since names may hold any character.
const KEY: &str = "deprecation-bin";

/// The answer, with a sentence for each former name that the request used.
pub(crate) fn with_deprecations<T>(message: T, deprecations: &Deprecations) -> Response<T> {
    let mut response = Response::new(message);
    for sentence in deprecations.as_slice() {
        let value = MetadataValue::from_bytes(sentence.as_bytes());
        response.metadata_mut().append_bin(KEY, value);
    }
    response
}
