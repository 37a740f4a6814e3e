//! From the core's failures to published errors: the one place that decides it.

use http::HeaderMap;
use proto::v1::ErrorReason;
use tonic::{Code, Status};

use super::core_details::CoreDetails;
use super::envelope::Details;
use super::{Error, ErrorCode, Issue, PathSegment, Problem, Translate};
use crate::answer::Remarks;
use crate::time;

/// When to try again if the core does not say.
pub(super) const RETRY_SECONDS: u64 = 1;

impl Error {
    /// The error for a failure of the core, with the issues in the caller's own words.
    pub(crate) fn from_status(status: &Status, places: &dyn Translate) -> Self {
        let mut details = CoreDetails::of(status);
        let message = status.message().to_owned();
        let error = match published_code(status.code(), details.reason) {
            ErrorCode::UnprocessableEntity => Self::unprocessable(issues(status, &mut details, places)),
            ErrorCode::RateLimitExceeded => rate_limited(message, &details),
            ErrorCode::PayloadTooLarge => {
                let limit = details.number("limit").unwrap_or_default();
                Self::payload_too_large(usize::try_from(limit).unwrap_or_default())
            }
            ErrorCode::InternalServerError => Self::internal(cause(status)),
            ErrorCode::ServiceUnavailable => unavailable(status, &details),
            code @ ErrorCode::Conflict => match details.metadata.remove("id") {
                Some(id) => Self::taken(message, id),
                None => Self::new(code, message),
            },
            code @ ErrorCode::PreconditionFailed => match details.metadata.remove("etag") {
                Some(etag) => Self::stale(message, etag),
                None => Self::new(code, message),
            },
            code @ (ErrorCode::InvalidRequest
            | ErrorCode::Unauthorized
            | ErrorCode::Forbidden
            | ErrorCode::ResourceNotFound
            | ErrorCode::MethodNotAllowed) => Self::new(code, message),
        };
        error.with_headers(Remarks::of(status.metadata()).rate_limit)
    }
}

/// The issues of an INVALID_ARGUMENT of the core and the rate limit headers; nothing for any other failure.
pub(crate) fn issues_of(status: &Status, places: &dyn Translate) -> Option<(Vec<Issue>, HeaderMap)> {
    let mut details = CoreDetails::of(status);
    match published_code(status.code(), details.reason) {
        ErrorCode::UnprocessableEntity => {
            let rate_limit = Remarks::of(status.metadata()).rate_limit;
            Some((issues(status, &mut details, places), rate_limit))
        }
        ErrorCode::InvalidRequest
        | ErrorCode::Unauthorized
        | ErrorCode::Forbidden
        | ErrorCode::ResourceNotFound
        | ErrorCode::MethodNotAllowed
        | ErrorCode::Conflict
        | ErrorCode::PreconditionFailed
        | ErrorCode::PayloadTooLarge
        | ErrorCode::RateLimitExceeded
        | ErrorCode::InternalServerError
        | ErrorCode::ServiceUnavailable => None,
    }
}

/// The published code of every failure that the core can have.
fn published_code(code: Code, reason: ErrorReason) -> ErrorCode {
    match code {
        Code::InvalidArgument => ErrorCode::UnprocessableEntity,
        Code::Unauthenticated => ErrorCode::Unauthorized,
        Code::PermissionDenied => ErrorCode::Forbidden,
        Code::NotFound => ErrorCode::ResourceNotFound,
        Code::AlreadyExists | Code::Aborted => ErrorCode::Conflict,
        Code::FailedPrecondition => ErrorCode::PreconditionFailed,
        Code::ResourceExhausted => exhausted(reason),
        Code::Unavailable | Code::DeadlineExceeded => ErrorCode::ServiceUnavailable,
        // The facade asks only for what it knows the core to have, within the limits of both.
        Code::Unimplemented | Code::OutOfRange => ErrorCode::InternalServerError,
        Code::Ok | Code::Cancelled | Code::Unknown | Code::Internal | Code::DataLoss => {
            ErrorCode::InternalServerError
        }
    }
}

fn exhausted(reason: ErrorReason) -> ErrorCode {
    match reason {
        ErrorReason::RateLimited => ErrorCode::RateLimitExceeded,
        ErrorReason::TooLarge => ErrorCode::PayloadTooLarge,
        // Something between facade and core has no room.
        ErrorReason::Unspecified
        | ErrorReason::Invalid
        | ErrorReason::Unauthenticated
        | ErrorReason::ScopeMissing
        | ErrorReason::NotFound
        | ErrorReason::Conflict
        | ErrorReason::Unavailable
        | ErrorReason::Deadline
        | ErrorReason::FilterTooBroad
        | ErrorReason::NameTaken
        | ErrorReason::EtagMismatch
        | ErrorReason::Internal => ErrorCode::ServiceUnavailable,
    }
}

fn issues(status: &Status, details: &mut CoreDetails, places: &dyn Translate) -> Vec<Issue> {
    let violations = std::mem::take(&mut details.violations);
    let mut issues: Vec<_> = violations.into_iter().map(|one| places.issue(one)).collect();
    if issues.is_empty() {
        // Something on the way kept only the standard details, whose paths are one text.
        issues.extend(
            std::mem::take(&mut details.bad_request)
                .into_iter()
                .map(|(field, message)| Issue {
                    path: vec![PathSegment::Key(field)],
                    message,
                    problem: Problem::Custom,
                }),
        );
    }
    if issues.is_empty() {
        let message = status.message().to_owned();
        issues.push(Issue {
            path: Vec::new(),
            message,
            problem: Problem::Custom,
        });
    }
    issues
}

fn rate_limited(message: String, details: &CoreDetails) -> Error {
    let reset = details.number("reset");
    let seconds = details
        .retry_seconds
        .or(reset.map(time::seconds_until))
        .unwrap_or(RETRY_SECONDS);
    let mut error = Error::new(ErrorCode::RateLimitExceeded, message).with_retry_after(seconds);
    error.details = Some(Details::RateLimit {
        limit: details.number("limit").unwrap_or_default(),
        remaining: details.number("remaining").unwrap_or_default(),
        retry_after: reset.and_then(time::iso_from_epoch),
    });
    error
}

fn unavailable(status: &Status, details: &CoreDetails) -> Error {
    let message = if details.reason == ErrorReason::FilterTooBroad {
        status.message().to_owned()
    } else if status.code() == Code::DeadlineExceeded {
        "the request took too long; it may have taken effect".to_owned()
    } else {
        "the service cannot answer at the moment; try again soon".to_owned()
    };
    let mut error = Error::new(ErrorCode::ServiceUnavailable, message)
        .with_retry_after(details.retry_seconds.unwrap_or(RETRY_SECONDS));
    error.cause = Some(cause(status));
    error
}

/// For the log: the core's messages about its own failures name no record's contents.
fn cause(status: &Status) -> String {
    format!("{:?}: {}", status.code(), status.message())
}
