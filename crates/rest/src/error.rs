//! What goes wrong, in the form that callers see.

mod code;
mod core_details;
mod core_status;
mod envelope;
mod issue;
mod places;
mod violation;

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue, header};

pub(crate) use code::ErrorCode;
pub(crate) use core_status::issues_of;
pub(crate) use issue::{Issue, PathSegment, Problem, SizeUnit};
pub(crate) use places::{NO_CURSOR, Places, Translate, lower_camel_case, snake_case};

use crate::etag::etag_header;
use envelope::Details;

/// An error on its way to the caller.
#[derive(Debug)]
pub(crate) struct Error {
    code: ErrorCode,
    message: Cow<'static, str>,
    details: Option<Details>,
    /// In a box since errors travel in results.
    headers: Box<HeaderMap>,
    /// For the log alone: what happened, when it is the service's fault.
    cause: Option<String>,
}

impl Error {
    fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            message: message.into(),
            details: None,
            headers: Box::default(),
            cause: None,
        }
    }

    /// A request that cannot be understood at all.
    pub(crate) fn invalid_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidRequest, message)
    }

    /// Nothing is there.
    pub(crate) fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::ResourceNotFound, message)
    }

    /// The path exists, the method does not.
    pub(crate) fn method_not_allowed() -> Self {
        Self::new(
            ErrorCode::MethodNotAllowed,
            "this path does not have the method; the header Allow lists those it has",
        )
    }

    /// The body has more bytes than are taken.
    pub(crate) fn payload_too_large(limit: usize) -> Self {
        let mut error = Self::new(
            ErrorCode::PayloadTooLarge,
            format!("the body is over the limit of {limit} bytes"),
        );
        error.details = Some(Details::Limit { limit: limit as u64 });
        error
    }

    /// The request breaks rules: these.
    pub(crate) fn unprocessable(issues: Vec<Issue>) -> Self {
        let mut error = Self::new(ErrorCode::UnprocessableEntity, summary(&issues));
        error.details = Some(Details::Issues { issues });
        error
    }

    /// Another record has what was asked for.
    fn taken(message: String, id: String) -> Self {
        let mut error = Self::new(ErrorCode::Conflict, message);
        error.details = Some(Details::Other { id });
        error
    }

    /// The record is not as the caller believes.
    fn stale(message: String, etag: String) -> Self {
        let mut error = Self::new(ErrorCode::PreconditionFailed, message);
        error
            .headers
            .extend(etag_header(&etag).map(|value| (header::ETAG, value)));
        error.details = Some(Details::Present { etag });
        error
    }

    /// Our fault. The cause is for the log; the caller is told nothing of it.
    pub(crate) fn internal(cause: impl Into<String>) -> Self {
        let mut error = Self::new(
            ErrorCode::InternalServerError,
            "something went wrong on our side; tell us the request id if it happens again",
        );
        error.cause = Some(cause.into());
        error
    }

    /// There are too many requests at this moment.
    pub(crate) fn overloaded() -> Self {
        Self::new(
            ErrorCode::ServiceUnavailable,
            "the service is overloaded; try again soon",
        )
        .with_retry_after(core_status::RETRY_SECONDS)
    }

    /// These headers too.
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers.extend(headers);
        self
    }

    fn with_retry_after(mut self, seconds: u64) -> Self {
        self.headers
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        self
    }
}

/// Issues in one sentence.
pub(crate) fn summary(issues: &[Issue]) -> String {
    match issues {
        [only] => only.message.clone(),
        issues => format!("the request has {} issues", issues.len()),
    }
}
