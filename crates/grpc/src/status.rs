//! From failures to gRPC statuses: the only place that chooses a code.

mod details;
mod field_path;
mod reason;
mod store_failure;
mod tonic_own;
mod violation;
mod violation_limit;

use std::fmt::Write as _;

use domain::{Scope, Violations};
use tonic::{Code, Status};
use uuid::Uuid;

use details::Details;
pub(crate) use store_failure::StoreFailure;
pub(crate) use tonic_own::completed;
pub(crate) use violation_limit::ViolationLimit;

/// Why a call fails, as its caller may know it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The request breaks rules.
    Invalid(Violations),
    /// The workspace has no such record; the text says which.
    NotFound(String),
    /// Another record has the name, or the address; the text says what has it, and the other is its id.
    NameTaken {
        /// In words.
        message: String,
        /// The id of the other record.
        id: String,
    },
    /// There is no good key; the text says what is wrong.
    Unauthenticated(&'static str),
    /// The key may not do this; this scope may.
    ScopeMissing(Scope),
    /// The user has made all the calls of this minute.
    RateLimited(Exhausted),
    /// Another write got in between, again and again.
    Conflict,
    /// The record is not as the caller believes; this is its present etag.
    EtagMismatch(String),
    /// The database cannot be reached.
    Unavailable,
    /// As many calls are worked on as may be.
    Overloaded,
    /// The time is over.
    Deadline,
    /// No index serves the filter, and too few of the records are what it wants.
    FilterTooBroad,
    /// Our fault.
    Internal,
}

/// A rate limit that is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exhausted {
    /// Calls a minute.
    pub(crate) limit: u32,
    /// When there will be calls again, in seconds since 1970.
    pub(crate) reset: u64,
    /// The seconds until then.
    pub(crate) retry_after: u64,
}

impl From<persistence::Error> for Failure {
    fn from(error: persistence::Error) -> Self {
        StoreFailure::from(error).into()
    }
}

impl Failure {
    fn code(&self) -> Code {
        match self {
            Self::Invalid(_) => Code::InvalidArgument,
            Self::NotFound(_) => Code::NotFound,
            Self::NameTaken { .. } => Code::AlreadyExists,
            Self::Unauthenticated(_) => Code::Unauthenticated,
            Self::ScopeMissing(_) => Code::PermissionDenied,
            Self::RateLimited(_) => Code::ResourceExhausted,
            Self::Conflict => Code::Aborted,
            Self::EtagMismatch(_) => Code::FailedPrecondition,
            Self::Unavailable | Self::Overloaded => Code::Unavailable,
            Self::Deadline | Self::FilterTooBroad => Code::DeadlineExceeded,
            Self::Internal => Code::Internal,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Invalid(violations) => message_of(violations),
            Self::NotFound(message) | Self::NameTaken { message, id: _ } => message.clone(),
            Self::Unauthenticated(message) => (*message).to_owned(),
            Self::ScopeMissing(scope) => {
                format!(
                    "the API key may not do this; it needs the scope `{}`",
                    scope.as_str()
                )
            }
            Self::RateLimited(Exhausted {
                limit,
                reset: _,
                retry_after,
            }) => format!("over the limit of {limit} calls a minute; try again in {retry_after} s"),
            Self::EtagMismatch(_) => {
                "the record has changed since; read it again, and decide anew".to_owned()
            }
            Self::Conflict => "other writes got in between; try again".to_owned(),
            Self::Unavailable => "the service cannot answer at the moment; try again soon".to_owned(),
            Self::Overloaded => "the service is overloaded; try again soon".to_owned(),
            Self::Deadline => "the call took too long; it may have taken effect".to_owned(),
            Self::FilterTooBroad => {
                "the filter takes too long; narrow it, by a group or a longer text, say".to_owned()
            }
            Self::Internal => "something went wrong on our side".to_owned(),
        }
    }

    /// What there is to say of it to somebody who reads: a line, and one for each violation.
    pub(crate) fn in_words(&self) -> String {
        let Self::Invalid(violations) = self else {
            return self.message();
        };
        let mut words = match violations.total() {
            1 => "this breaks a rule:".to_owned(),
            total => format!("this breaks {total} rules:"),
        };
        for one in violations.kept() {
            // Writing into a String cannot fail.
            let _ = write!(words, "\n  {}: {}", field_path::text(&one.path), one.message);
        }
        words
    }

    /// The status with its details. Of the violations only as many as the limit allows; all are counted.
    pub(crate) fn into_status(self, request_id: Option<Uuid>, limit: ViolationLimit) -> Status {
        let (code, message) = (self.code(), self.message());
        let mut details = Details::of(&self);
        details.add_request(request_id);
        if let Self::Invalid(violations) = &self {
            details.add_violations(violations, limit);
        }
        details.into_status(code, &message)
    }
}

/// The same for one entry of a batch: what is wrong with it, in a sentence and in particular.
pub(crate) fn batch_error(violations: &Violations) -> (String, Vec<proto::v1::Violation>) {
    let kept = violations.kept().iter().take(ViolationLimit::COUNT);
    (message_of(violations), kept.map(violation::message).collect())
}

fn message_of(violations: &Violations) -> String {
    match violations.total() {
        1 => "the request breaks a rule; the details say which".to_owned(),
        total => format!("the request breaks {total} rules; the details say which"),
    }
}

#[cfg(test)]
mod tests;
