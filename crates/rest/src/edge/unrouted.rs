//! The answers to requests that have no route.

use std::sync::Arc;

use axum::Extension;
use axum::response::Response;

use super::RequestContext;
use crate::call::{Call, Failure};
use crate::error::Error;

/// Answers a path that names nothing.
pub(crate) async fn not_found(
    context: Extension<RequestContext>,
    call: Option<Extension<Arc<Call>>>,
) -> Response {
    refuse(
        &context,
        call,
        Error::not_found("there is nothing at this path; /openapi.json lists what there is"),
    )
    .await
}

/// Answers a method that its path does not have. The router adds the `Allow` header.
pub(crate) async fn method_not_allowed(
    context: Extension<RequestContext>,
    call: Option<Extension<Arc<Call>>>,
) -> Response {
    refuse(&context, call, Error::method_not_allowed()).await
}

async fn refuse(context: &RequestContext, call: Option<Extension<Arc<Call>>>, error: Error) -> Response {
    match call {
        Some(Extension(call)) => call.answer(Err(Failure::Own(error))).await,
        None => error.into_response(context),
    }
}
