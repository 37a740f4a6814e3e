//! What stands before everything under `/v1`: no answer without a key, whatever was asked.

use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header;

use super::RequestContext;
use crate::call::{Call, Failure};
use crate::version::ApiVersion;

fn is_api(path: &str) -> bool {
    path.strip_prefix("/v1")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Puts the [`Call`] into a request of the API. One without an `Authorization` header, or for an unknown version of the
/// API, goes no further.
pub(super) async fn gate(context: RequestContext, mut request: Request, next: Next) -> Response {
    if !is_api(request.uri().path()) {
        return next.run(request).await;
    }
    let version = ApiVersion::of(request.headers());
    let call = Call::new(context, request.headers(), version.unwrap_or_default());
    if !request.headers().contains_key(header::AUTHORIZATION)
        && let Err(error) = call.check_key().await
    {
        return error.into_response(call.context());
    }
    if let Err(error) = version {
        return call.answer(Err(Failure::Own(error.into()))).await;
    }
    request.extensions_mut().insert(Arc::new(call));
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_is_what_lies_under_v1() {
        for (path, expected) in [
            ("/v1", true),
            ("/v1/", true),
            ("/v1/people", true),
            ("/v10", false),
            ("/", false),
            ("/docs/v1", false),
        ] {
            assert_eq!(is_api(path), expected, "{path}");
        }
    }
}
