//! Parts of paths.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use http::Uri;

/// The id at the end of a path, decoded. One that is not UTF-8 is handed on as it was sent, and the core refuses it as it
/// does every malformed id.
pub(crate) fn id(parameter: Result<Path<String>, PathRejection>, uri: &Uri) -> String {
    match parameter {
        Ok(Path(id)) => id,
        Err(_) => uri.path().rsplit('/').next().unwrap_or_default().to_owned(),
    }
}
