//! The ErrorInfo of each failure: one word for programs, and its parameters.

use std::collections::HashMap;

use proto::v1::ErrorReason;
use tonic_types::pb::ErrorInfo;

use super::{Exhausted, Failure};

/// Whose words the reasons are.
const DOMAIN: &str = "people.v1";

impl Failure {
    pub(super) fn error_info(&self) -> ErrorInfo {
        match self {
            Self::Invalid(violations) => error_info(
                ErrorReason::Invalid,
                [("violations", violations.total().to_string())],
            ),
            Self::NotFound(_) => error_info(ErrorReason::NotFound, []),
            Self::NameTaken { message: _, id } => error_info(ErrorReason::NameTaken, [("id", id.clone())]),
            Self::Unauthenticated(_) => error_info(ErrorReason::Unauthenticated, []),
            Self::ScopeMissing(scope) => {
                error_info(ErrorReason::ScopeMissing, [("scope", scope.as_str().to_owned())])
            }
            Self::RateLimited(Exhausted {
                limit,
                reset,
                retry_after: _,
            }) => error_info(
                ErrorReason::RateLimited,
                [
                    ("limit", limit.to_string()),
                    ("remaining", "0".to_owned()),
                    ("reset", reset.to_string()),
                ],
            ),
            Self::Conflict => error_info(ErrorReason::Conflict, []),
            Self::EtagMismatch(etag) => error_info(ErrorReason::EtagMismatch, [("etag", etag.clone())]),
            Self::Unavailable | Self::Overloaded => error_info(ErrorReason::Unavailable, []),
            Self::Deadline => error_info(ErrorReason::Deadline, []),
            Self::FilterTooBroad => error_info(ErrorReason::FilterTooBroad, []),
            Self::Internal => error_info(ErrorReason::Internal, []),
        }
    }
}

pub(super) fn error_info<const N: usize>(reason: ErrorReason, metadata: [(&str, String); N]) -> ErrorInfo {
    let name = reason.as_str_name();
    ErrorInfo {
        reason: name.strip_prefix("ERROR_REASON_").unwrap_or(name).to_owned(),
        domain: DOMAIN.to_owned(),
        metadata: HashMap::from(metadata.map(|(key, value)| (key.to_owned(), value))),
    }
}
